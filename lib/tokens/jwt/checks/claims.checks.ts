import { refusedToken } from '../../token-refusal.js';
import type { CompactJwt } from '../../jws/compact-jwt.js';
import { clientIdOf } from '../../verified-token.js';
import type { ClaimRule } from './claim.rules.js';
import { refusedJwt } from '../diagnosis/refused-jwt.js';

/** The last second that a Date can hold: what is later is no NumericDate (RFC 7519 §2). */
const MAX_DATE = 8_640_000_000_000;
/** A token of an issuer whose clock is a little ahead is not from the future. */
const IAT_ALLOWANCE = 60;

/** What claims have to be. @internal */
export interface ClaimsRules {
  /** `undefined` where any will do. */
  readonly audiences: ReadonlySet<unknown> | undefined;
  /** `undefined` where any will do. */
  readonly clients: ReadonlySet<unknown> | undefined;
  /** Seconds. */
  readonly clockTolerance: number;
  /** Whether what RFC 9068 §2.2 demands has to be there. */
  readonly isProfile: boolean;
  readonly claimRules: readonly ClaimRule[];
}

/**
 * Checks the claims of RFC 9068 §4 but `iss`, which chooses the keys, and those that the application
 * demands. Done before the signature is looked at, so that what would be refused anyway costs neither
 * that nor a request for keys.
 *
 * @returns `exp`
 * @throws InvalidTokenException where one of them does not hold.
 * @internal
 */
export function checkClaims(jwt: CompactJwt, rules: ClaimsRules): number {
  const { aud, exp } = jwt.claims;
  const now = Math.floor(Date.now() / 1000);

  // RFC 7519 §4.1.3, RFC 8725 §3.9
  if (rules.audiences !== undefined && !isForAudience(aud, rules.audiences)) {
    const problem = { kind: 'aud', came: aud, expected: rules.audiences } as const;
    throw refusedJwt(jwt, 'aud does not name this API', problem);
  }
  // RFC 9068 §2.2 requires it
  if (!isDate(exp)) {
    const problem = { kind: 'claim', claim: 'exp', demand: 'has to be there, a date' } as const;
    throw refusedJwt(jwt, 'exp is missing or no date', problem);
  }
  if (exp <= now - rules.clockTolerance) {
    throw refusedToken('expired', 'expired', { kid: jwt.header['kid'], iss: jwt.claims['iss'] });
  }
  checkStart(jwt, 'nbf', now, rules.clockTolerance);
  checkStart(jwt, 'iat', now, rules.clockTolerance + IAT_ALLOWANCE);
  const missing = rules.isProfile ? missingOfProfile(jwt.claims) : undefined;
  if (missing !== undefined) {
    const reason = `${missing} is missing or of another type`;
    throw refusedJwt(jwt, reason, { kind: 'profile', claim: missing });
  }
  checkDemands(jwt, rules);
  return exp;
}

function checkStart(jwt: CompactJwt, name: 'nbf' | 'iat', now: number, allowed: number): void {
  const start = jwt.claims[name];
  if (start === undefined) {
    return;
  }
  const seconds = isDate(start) ? Math.ceil(start - now) : Number.NaN;
  if (!(seconds <= allowed)) {
    const problem = seconds > 0 ? ({ kind: 'clock', claim: name, seconds } as const) : undefined;
    throw refusedJwt(jwt, `${name} is in the future or no date`, problem);
  }
}

/** What the application demands beside what every token has. */
function checkDemands(jwt: CompactJwt, { clients, claimRules }: ClaimsRules): void {
  if (clients !== undefined) {
    const client = clientIdOf(jwt.claims);
    if (!clients.has(client)) {
      const problem = { kind: 'client', came: client, expected: clients } as const;
      throw refusedJwt(jwt, 'the client is not one of clientIds', problem);
    }
  }
  const broken = claimRules.find((rule) => !rule.holds(jwt.claims));
  if (broken !== undefined) {
    const { claim, demand } = broken;
    throw refusedJwt(jwt, `${claim} ${demand}`, { kind: 'claim', claim, demand });
  }
}

/** What a token of the type `at+jwt` has beside `iss`, `aud` and `exp` (RFC 9068 §2.2). */
function missingOfProfile(claims: CompactJwt['claims']): string | undefined {
  const isText = (name: string) => typeof claims[name] === 'string' && claims[name] !== '';
  return claims['iat'] === undefined
    ? 'iat'
    : ['sub', 'client_id', 'jti'].find((name) => !isText(name));
}

function isForAudience(aud: unknown, audiences: ReadonlySet<unknown>): boolean {
  return Array.isArray(aud) ? aud.some((name) => audiences.has(name)) : audiences.has(aud);
}

function isDate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_DATE;
}
