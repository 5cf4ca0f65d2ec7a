import { refusedToken } from '../bearer/token-refusal.js';
import type { CompactJwt } from '../jws/compact-jwt.js';

/** The last second that a Date can hold: what is later is no NumericDate (RFC 7519 §2). */
const MAX_DATE = 8_640_000_000_000;
/** A token of an issuer whose clock is a little ahead is not from the future. */
const IAT_ALLOWANCE = 60;

/**
 * What claims have to be.
 *
 * @internal
 */
export interface ClaimsRules {
  readonly audiences: ReadonlySet<unknown>;
  /** Seconds. */
  readonly clockTolerance: number;
}

/**
 * Checks the claims of RFC 9068 §4 but `iss`, which chooses the keys. Done before the signature is
 * looked at, so that what would be refused anyway costs neither that nor a request for keys.
 *
 * @returns `exp`
 * @throws InvalidTokenException where one of them does not hold.
 * @internal
 */
export function checkClaims(jwt: CompactJwt, rules: ClaimsRules): number {
  const { aud, exp, nbf, iat, iss } = jwt.claims;
  const facts = { kid: jwt.header['kid'], iss };
  const now = Math.floor(Date.now() / 1000);

  // RFC 7519 §4.1.3, RFC 8725 §3.9
  if (!isForAudience(aud, rules.audiences)) {
    throw refusedToken('invalid', 'aud does not name this API', facts);
  }
  // RFC 9068 §2.2 requires it
  if (!isDate(exp)) {
    throw refusedToken('invalid', 'exp is missing or no date', facts);
  }
  if (exp <= now - rules.clockTolerance) {
    throw refusedToken('expired', 'expired', facts);
  }
  if (nbf !== undefined && (!isDate(nbf) || nbf > now + rules.clockTolerance)) {
    throw refusedToken('invalid', 'nbf is in the future or no date', facts);
  }
  if (iat !== undefined && (!isDate(iat) || iat > now + rules.clockTolerance + IAT_ALLOWANCE)) {
    throw refusedToken('invalid', 'iat is in the future or no date', facts);
  }
  return exp;
}

function isForAudience(aud: unknown, audiences: ReadonlySet<unknown>): boolean {
  return Array.isArray(aud) ? aud.some((name) => audiences.has(name)) : audiences.has(aud);
}

function isDate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_DATE;
}
