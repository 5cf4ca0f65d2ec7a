import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { strictRow } from '../catalogue/status-rows.js';
import { buildChallenge } from '../challenge/challenge.builder.js';
import type { Challenge } from '../challenge/challenge.js';
import type { ApiException } from '../exceptions/api.exception.js';
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
 * @internal
 */
export function toAnswer(
  exception: ApiException,
  settings: AnswerSettings,
  requestId: string,
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
    headers.push(['www-authenticate', challengeLines(exception.challenges, settings)]);
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
  const row = {
    status: exception.getStatus(),
    code: exception.code,
    description: exception.description,
  };
  return settings.strict ? { ...strictRow(row), description: row.description } : row;
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

/** A challenge whose scheme is no token has no line; a 401 of such alone has the default ones. */
function challengeLines(
  challenges: readonly Challenge[],
  settings: AnswerSettings,
): string | string[] {
  const lines = challenges
    .map((challenge) => buildChallenge(withParams(challenge, settings.challengeParams)))
    .filter((line) => line !== '');
  return lines.length === 0 ? settings.defaultChallenge : lines.length === 1 ? lines[0]! : lines;
}

/** Parameters that every challenge has, before those of its own. */
function withParams(challenge: Challenge, params: Readonly<Record<string, string>>): Challenge {
  return challenge.token68 === undefined
    ? { scheme: challenge.scheme, params: { ...params, ...challenge.params } }
    : challenge;
}
