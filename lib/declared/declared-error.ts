import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { strictRow } from '../catalogue/status-rows.js';
import type { ApiException } from '../exceptions/api.exception.js';
import { toAnswer } from '../filter/answer.js';
import type { AnswerSettings } from '../filter/answer.settings.js';

/** An error that a route can answer with. @internal */
export interface DeclaredError extends CatalogueEntry {
  /** Values of `WWW-Authenticate` that may come with it. */
  readonly challenges: readonly string[];
}

/** What a row is answered as. @internal */
export function declaredRow(row: CatalogueEntry, settings: AnswerSettings): DeclaredError {
  const { status, code, description } = settings.strict ? strictRow(row) : row;
  return {
    status,
    code,
    description,
    challenges: status === 401 ? defaultChallenges(settings) : [],
  };
}

/** What an exception is answered as, with its challenges. @internal */
export function declaredException(
  exception: ApiException,
  settings: AnswerSettings,
): DeclaredError {
  const { status, code, headers } = toAnswer(exception, settings, '');
  const own = headers.filter(([name]) => name === 'www-authenticate').flatMap(([, lines]) => lines);
  return {
    status,
    code,
    description: exception.description,
    challenges: status === 401 && own.length === 0 ? defaultChallenges(settings) : own,
  };
}

function defaultChallenges({ defaultChallenge }: AnswerSettings): string[] {
  return [defaultChallenge].flat();
}

/**
 * Each (status, code) once, with all of its challenges and the first description, by status and then
 * as declared.
 *
 * @internal
 */
export function mergeErrors(errors: readonly DeclaredError[]): readonly DeclaredError[] {
  const merged = new Map<string, DeclaredError>();
  for (const error of errors) {
    const key = `${error.status} ${error.code}`;
    const known = merged.get(key) ?? { ...error, challenges: [] };
    const challenges = [...new Set([...known.challenges, ...error.challenges])];
    merged.set(key, { ...known, challenges });
  }
  return [...merged.values()].toSorted((a, b) => a.status - b.status);
}
