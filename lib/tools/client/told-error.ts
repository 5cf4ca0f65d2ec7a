import { parseChallenges } from '../../contract/challenge/challenge.parser.js';
import type { ApiError } from './api-error.js';
import { isText, readFailures } from './members.js';

/**
 * The error that a transport without statuses and headers tells as one object.
 *
 * @returns `undefined` where it is none of the contract's
 * @internal
 */
export function toldError(told: unknown): ApiError | undefined {
  const { status, code, description, challenges, retryAfter, requestId, failures } = Object(
    told,
  ) as Record<string, unknown>;
  if (typeof status !== 'number' || !isText(code) || typeof description !== 'string') {
    return undefined;
  }
  const lines: unknown[] = Array.isArray(challenges) ? challenges : [];
  return {
    status,
    code,
    description,
    challenges: lines.filter(isText).flatMap((line) => parseChallenges(line)),
    retryAfter: typeof retryAfter === 'number' && retryAfter >= 0 ? retryAfter : undefined,
    requestId: isText(requestId) ? requestId : undefined,
    failures: readFailures(failures),
  };
}
