import { type CatalogueEntry, keyOf } from '../../contract/catalogue/catalogue-entry.js';
import { publishedRow } from '../../contract/catalogue/row-rule.js';
import type { ApiException } from '../../contract/exceptions/api.exception.js';
import { challengeLines } from '../../answers/answer.challenges.js';
import type { AnswerSettings } from '../../answers/answer.settings.js';

/** An error that a route can answer with. @internal */
export interface DeclaredError extends CatalogueEntry {
  /** Values of `WWW-Authenticate` that may come with it. */
  readonly challenges: readonly string[];
}

/** What a row is answered as. @internal */
export function declaredRow(row: CatalogueEntry, settings: AnswerSettings): DeclaredError {
  const { status, code, description, retryable } = publishedRow(row, settings);
  const challenges = status === 401 ? settings.defaultChallenges : [];
  return { status, code, description, ...(retryable && { retryable }), challenges };
}

/** What an exception of the guard is answered as, with its challenges. @internal */
export function declaredException(
  exception: ApiException,
  settings: AnswerSettings,
): DeclaredError {
  const { code, description, challenges } = exception;
  const row = declaredRow({ status: exception.getStatus(), code, description }, settings);
  const lines = challengeLines(challenges, row.status, settings, undefined);
  return lines.length === 0 ? row : { ...row, challenges: lines };
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
    const key = keyOf(error);
    const known = merged.get(key);
    merged.set(key, known ? withChallenges(known, error) : error);
  }
  return [...merged.values()].toSorted((a, b) => a.status - b.status);
}

function withChallenges(error: DeclaredError, { challenges }: DeclaredError): DeclaredError {
  const known = error.challenges;
  return challenges.every((challenge) => known.includes(challenge))
    ? error
    : { ...error, challenges: [...new Set([...known, ...challenges])] };
}
