import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { strictRow } from '../catalogue/status-rows.js';
import { buildChallenge } from '../challenge/challenge.builder.js';
import type { Challenge } from '../challenge/challenge.js';
import type { ApiException } from '../exceptions/api.exception.js';
import { exceptionHeaders, retryAfter } from './answer.headers.js';
import type { AnswerSettings } from './answer.settings.js';

/** What goes on the wire. @internal */
export interface Answer {
  readonly status: number;
  readonly code: string;
  readonly body: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string | string[]>;
  /** The challenge of a 401 that names none, unless the response has one already. */
  readonly defaultChallenge: string | undefined;
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
  requestId?: string,
): Answer {
  const { status, code, description } = rowOf(exception, settings);
  const headers = exceptionHeaders(exception.headers);
  if (requestId !== undefined) {
    headers.set('x-request-id', requestId);
  }
  addChallenges(headers, exception.challenges, status, settings.realm);
  const seconds = retryAfter(exception.retryAfter);
  if (seconds !== undefined) {
    headers.set('retry-after', seconds);
  }
  const body = JSON.stringify({
    code,
    description,
    ...(settings.requestId && requestId !== undefined && { requestId }),
    ...(settings.failures && exception.failures && { failures: exception.failures }),
  });
  const bare = status === 401 && !headers.has('www-authenticate');
  return {
    status,
    code,
    body,
    headers,
    defaultChallenge: bare ? bearerChallenge(settings.realm) : undefined,
  };
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

/** No status but 400, 401 and 403 carries a challenge. */
function addChallenges(
  headers: Map<string, string | string[]>,
  challenges: readonly Challenge[],
  status: number,
  realm: string,
): void {
  if (status !== 400 && status !== 401 && status !== 403) {
    headers.delete('www-authenticate');
    return;
  }
  if (status !== 400) {
    headers.set('cache-control', 'no-store');
  }
  const lines = challenges
    .map((challenge) => buildChallenge(withRealm(challenge, realm)))
    // A scheme that is no token has no line
    .filter((line) => line !== '');
  if (lines.length > 0) {
    headers.set('www-authenticate', lines.length === 1 ? lines[0]! : lines);
  }
}

function bearerChallenge(realm: string): string {
  return buildChallenge({ scheme: 'Bearer', params: { realm } });
}

function withRealm(challenge: Challenge, realm: string): Challenge {
  return challenge.token68 === undefined && challenge.params['realm'] === undefined
    ? { scheme: challenge.scheme, params: { realm, ...challenge.params } }
    : challenge;
}
