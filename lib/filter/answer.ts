import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { rowForStatus, strictRow } from '../catalogue/status-rows.js';
import type { ApiException } from '../exceptions/api.exception.js';
import { challengeLines } from './answer.challenges.js';
import { exceptionHeaders, type HeaderLine, retryAfter } from './answer.headers.js';
import type { AnswerSettings } from './answer.settings.js';

/** What goes on the wire. @internal */
export interface Answer {
  readonly status: number;
  readonly code: string;
  readonly body: string;
  /** Names in lower case; a later one replaces an earlier one. */
  readonly headers: readonly HeaderLine[];
}

/**
 * The answer to an exception: status and body of the contract, and the headers that go with them.
 *
 * @param requestId - goes to `X-Request-Id`, and to the body where the application switched that on
 * @param authorization - header of the request, whose auth scheme the challenges answer
 * @internal
 */
export function toAnswer(
  exception: ApiException,
  settings: AnswerSettings,
  requestId: string,
  authorization?: string,
): Answer {
  const { status, code, description } = rowOf(exception, settings);
  const headers: HeaderLine[] = [['x-request-id', requestId]];
  const mayChallenge = status === 400 || status === 401 || status === 403;
  if (mayChallenge && status !== 400) {
    headers.push(['cache-control', 'no-store']);
  }
  if (exception.headers) {
    const own = exceptionHeaders(exception.headers);
    headers.push(...own.filter(([name]) => mayChallenge || name !== 'www-authenticate'));
  }
  if (mayChallenge && exception.challenges.length > 0) {
    headers.push([
      'www-authenticate',
      challengeLines(exception.challenges, status, settings, authorization),
    ]);
  }
  const seconds = retryAfter(exception.retryAfter);
  if (seconds !== undefined) {
    headers.push(['retry-after', seconds]);
  }
  const body = toBody(exception, settings, { code, description }, requestId);
  return { status, code, body, headers };
}

/** In strict mode the status and code of the contract's row, still with what was said of it. */
function rowOf(exception: ApiException, settings: AnswerSettings): CatalogueEntry {
  const row = checked(exception.getStatus(), exception.code, exception.description);
  return settings.strict ? { ...strictRow(row), description: row.description } : row;
}

/** What an exception says may be anything, in JavaScript or after a change. */
function checked(status: number, code: string, description: string): CatalogueEntry {
  const isRow =
    Number.isInteger(status) &&
    status >= 400 &&
    status <= 599 &&
    typeof code === 'string' &&
    typeof description === 'string';
  return isRow ? { status, code, description } : rowForStatus(status);
}

function toBody(
  exception: ApiException,
  settings: AnswerSettings,
  body: Record<string, unknown>,
  requestId: string,
): string {
  if (settings.requestId) {
    body['requestId'] = requestId;
  }
  if (settings.failures && exception.failures) {
    body['failures'] = exception.failures;
  }
  return JSON.stringify(body);
}
