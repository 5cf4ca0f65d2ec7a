import {
  type AuthenticationRequirement,
  InsufficientUserAuthenticationException,
} from '../exceptions/step-up.exception.js';
import type { VerifiedToken } from './token-verifier.js';

// What a quoted-string carries without escapes, and a space does not part
const ACR_VALUE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
/** As many seconds as a challenge's `max_age` has digits for. */
const MAX_AGE = 9_999_999_999;

/** @throws TypeError where a requirement asks for nothing, or for what no challenge can say. @internal */
export function assertAuthentication({ acrValues, maxAge }: AuthenticationRequirement): void {
  if (acrValues === undefined && maxAge === undefined) {
    throw new TypeError(
      '@RequireAuthentication() asks for nothing; give it acrValues, maxAge or both.',
    );
  }
  const isNamed = (value: unknown) => typeof value === 'string' && ACR_VALUE.test(value);
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
  const isRecent =
    maxAge === undefined ||
    (typeof authTime === 'number' && Math.floor(Date.now() / 1000) - authTime <= maxAge);
  if (!isStrong || !isRecent) {
    throw new InsufficientUserAuthenticationException(requirement);
  }
}
