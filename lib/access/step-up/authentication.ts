import { SCOPE_TOKEN } from '../../contract/challenge/challenge.grammar.js';
import {
  type AuthenticationRequirement,
  InsufficientUserAuthenticationException,
} from '../../contract/exceptions/step-up.exception.js';
import type { VerifiedToken } from '../../tokens/token-verifier.js';

/** A login at an issuer whose clock is a little ahead is not one of the future. */
const AHEAD_SECONDS = 60;
/** As many seconds as a challenge's `max_age` has digits for. */
const MAX_AGE = 9_999_999_999;

/** @throws TypeError where a requirement asks for nothing, or for what no challenge can say. @internal */
export function assertAuthentication({ acrValues, maxAge }: AuthenticationRequirement): void {
  if (acrValues === undefined && maxAge === undefined) {
    throw new TypeError(
      '@RequireAuthentication() asks for nothing; give it acrValues, maxAge or both.',
    );
  }
  // Parted by spaces in one value, as scopes are
  const isNamed = (value: unknown) => typeof value === 'string' && SCOPE_TOKEN.test(value);
  if (
    acrValues !== undefined &&
    !(Array.isArray(acrValues) && acrValues.length > 0 && acrValues.every(isNamed))
  ) {
    throw new TypeError(
      '@RequireAuthentication(): acrValues takes one value or more, each of printable ASCII ' +
        'without spaces, quotes and backslashes.',
    );
  }
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge >= 0 && maxAge <= MAX_AGE)) {
    throw new TypeError('@RequireAuthentication(): maxAge takes whole seconds.');
  }
}

/**
 * What a class and a method ask for together, each in the order of its decorators: the first
 * `acrValues` of the method, else of the class, and the shortest `maxAge` of all.
 *
 * @internal
 */
export function combineAuthentication(
  onClass: readonly AuthenticationRequirement[],
  onMethod: readonly AuthenticationRequirement[],
): AuthenticationRequirement | undefined {
  const all = [...onMethod, ...onClass];
  if (all.length === 0) {
    return undefined;
  }
  const acrValues = all.find((one) => one.acrValues)?.acrValues;
  const ages = all.flatMap(({ maxAge }) => (maxAge === undefined ? [] : [maxAge]));
  return { ...(acrValues && { acrValues }), ...(ages.length > 0 && { maxAge: Math.min(...ages) }) };
}

/**
 * Checks how and when the person behind a good token logged in (RFC 9470 §5).
 *
 * @throws InsufficientUserAuthenticationException where that does not do; what the token does not say
 * does not do.
 * @internal
 */
export function checkAuthentication(
  { claims }: VerifiedToken,
  requirement: AuthenticationRequirement,
): void {
  const { acrValues, maxAge } = requirement;
  const { acr, auth_time: authTime } = claims;
  const isStrong = acrValues === undefined || acrValues.includes(acr as string);
  if (!isStrong || (maxAge !== undefined && !isRecent(authTime, maxAge))) {
    throw new InsufficientUserAuthenticationException(requirement);
  }
}

/** What is later than now is no login that was: a date in milliseconds for instance. */
function isRecent(authTime: unknown, maxAge: number): boolean {
  const now = Math.floor(Date.now() / 1000);
  return (
    typeof authTime === 'number' && authTime >= now - maxAge && authTime <= now + AHEAD_SECONDS
  );
}
