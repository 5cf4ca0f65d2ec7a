import type { CatalogueEntry } from '../contract/catalogue/catalogue-entry.js';
import { answeredRow, isErrorStatus } from '../contract/catalogue/row-rule.js';
import { rowForStatus } from '../contract/catalogue/status-rows.js';
import type { Members, ParameterFailure } from '../contract/exceptions/api-exception.options.js';
import type { ApiException } from '../contract/exceptions/api.exception.js';
import { challengeLines } from './answer.challenges.js';
import { exceptionHeaders, type HeaderLine, retryAfter } from './answer.headers.js';
import type { AnswerSettings } from './answer.settings.js';
import { readMembers } from './body-members.js';

/**
 * What an error is answered with, as data: `representation.ts` makes a body of it, and each transport
 * has a writer.
 *
 * @internal
 */
export interface Answer extends CatalogueEntry {
  /** Whether the description was given where the error was thrown; else it is the row's own. */
  readonly isDescriptionGiven: boolean;
  /** The id under which the request is logged. */
  readonly requestId: string;
  /** The challenges of the exception, as lines of `WWW-Authenticate`. */
  readonly challenges: readonly string[];
  /** Whole seconds after which another attempt is worthwhile. */
  readonly retryAfter: number | undefined;
  /** The failed parameters. */
  readonly failures: readonly ParameterFailure[] | undefined;
  /** Further members of the body, as plain data. */
  readonly members: Members | undefined;
  /** Headers that the exception brought. */
  readonly headers: readonly HeaderLine[];
}

const NONE = Object.freeze([]);

/** Whether answers of a status may carry a challenge (RFC 6750 §3.1). @internal */
export function mayChallenge(status: number): boolean {
  return status === 400 || status === 401 || status === 403;
}

/**
 * The answer to an exception.
 *
 * @param used - the auth scheme that the request used, where a guard noted one
 * @internal
 */
export function toAnswer(
  exception: ApiException,
  settings: AnswerSettings,
  requestId: string,
  used: { readonly scheme: string | undefined } | undefined,
): Answer {
  const { status, code, description } = rowOf(exception, settings);
  const { challenges, headers, failures, members } = exception;
  return {
    status,
    code,
    description,
    isDescriptionGiven: exception.isDescriptionGiven,
    requestId,
    challenges:
      challenges.length > 0 && mayChallenge(status)
        ? challengeLines(challenges, status, settings, used?.scheme)
        : NONE,
    retryAfter: retryAfter(exception.retryAfter),
    failures,
    members: members && readMembers('members of an exception', () => members),
    headers: headers ? exceptionHeaders(headers) : NONE,
  };
}

/** The row that the application answers with, still with what was said of it. */
function rowOf(exception: ApiException, settings: AnswerSettings): CatalogueEntry {
  const row = checked(exception.getStatus(), exception.code, exception.description);
  if (!settings.strict && !settings.rows) {
    return row;
  }
  const answered = answeredRow(row, settings);
  return exception.isDescriptionGiven ? { ...answered, description: row.description } : answered;
}

/** What an exception says may be anything, in JavaScript or after a change. */
function checked(status: number, code: string, description: string): CatalogueEntry {
  const isRow =
    isErrorStatus(status) && typeof code === 'string' && typeof description === 'string';
  return isRow ? { status, code, description } : rowForStatus(status);
}
