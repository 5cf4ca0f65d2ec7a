import type { Answer } from './answer.js';

/** The rows of the contract, as its owner wrote them. */
const ROWS = [
  '400 BAD_REQUEST',
  '400 INVALID_PARAMETER',
  '400 INVALID_{RESOURCE}',
  '400 MISSING_PARAMETER',
  '400 LIMIT_EXCEEDED',
  '400 OUT_OF_RANGE',
  '401 UNAUTHORIZED',
  '403 FORBIDDEN',
  '403 ACCESS_DENIED',
  '403 LIMIT_EXCEEDED',
  '403 OUT_OF_RANGE',
  '404 NOT_FOUND',
  '404 {RESOURCE}_NOT_EXIST',
  '409 CONFLICT',
  '409 ALREADY_EXIST',
  '409 {RESOURCE}_ALREADY_EXIST',
  '410 DELETED',
  '500 INTERNAL_SERVER_ERROR',
  '503 SERVICE_UNAVAILABLE',
];

/** Its challenges: status, and what the header must have. */
const CHALLENGES: readonly [status: number, header: RegExp][] = [
  [400, /^Bearer .*\berror="invalid_request"/],
  [401, /^Bearer .*\berror="invalid_token"/],
  [403, /^Bearer (?=.*\berror="insufficient_scope").*\bscope="[^"]+"/],
];

/** How much there is to be met: rows, and challenges. */
export const CONTRACT_SIZE = ROWS.length + CHALLENGES.length;

/** What of the contract no answer shows. */
export function missingFrom(answers: readonly Answer[]): string[] {
  const seen = answers.map(({ status, code }) => `${status} ${code}`);
  const rows = ROWS.filter((row) => !seen.some((line) => patternOf(row).test(line)));
  const challenges = CHALLENGES.filter(
    ([status, header]) =>
      !answers.some((answer) => answer.status === status && header.test(answer.challenge ?? '')),
  );
  return [...rows, ...challenges.map(([status, header]) => `${status} ${header.source}`)];
}

/** INVALID_PARAMETER is a row of its own, not the INVALID_{RESOURCE} of a parameter. */
function patternOf(row: string): RegExp {
  return new RegExp(`^${row.replace('{RESOURCE}', '(?!PARAMETER)[A-Z][A-Z0-9_]*')}$`);
}
