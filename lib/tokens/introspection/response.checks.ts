import type { RefusalKind } from '../token-refusal.js';
import type { IntrospectionResponse } from './introspection.client.js';

/** The types of access tokens (RFC 6749 §7.1, RFC 9449 §5), in lower case. */
const TOKEN_TYPES: ReadonlySet<unknown> = new Set(['bearer', 'dpop']);

/** What a token has to be. @internal */
export interface ResponseRules {
  readonly issuer: string;
  readonly audiences: ReadonlySet<unknown>;
}

/** Why a token is refused: for the caller, and for the log. @internal */
export type Refusal = readonly [kind: RefusalKind, reason: string];

/**
 * Checks what an issuer says of a token (RFC 7662 §2.2, §4). What an active token has to have beside
 * that is its audience: one that is good for any API is good for those who steal it from another.
 *
 * @param now - seconds since the epoch
 * @returns why the token is refused; `undefined` where it is good
 * @internal
 */
export function refusalOf(
  response: IntrospectionResponse,
  { issuer, audiences }: ResponseRules,
  now: number,
): Refusal | undefined {
  const { active, iss, aud, exp, nbf, token_type: type } = response;
  if (!active) {
    return ['invalid', 'not active'];
  }
  if (iss !== undefined && iss !== issuer) {
    return ['invalid', 'iss is not the issuer'];
  }
  if (![aud].flat().some((name) => audiences.has(name))) {
    return ['invalid', 'aud does not name this API'];
  }
  if (exp !== undefined && typeof exp !== 'number') {
    return ['invalid', 'exp is no date'];
  }
  if (exp !== undefined && exp <= now) {
    return ['expired', 'expired'];
  }
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= now)) {
    return ['invalid', 'nbf is in the future or no date'];
  }
  return type === undefined ? undefined : refusalOfType(type, response);
}

/** A refresh token is active too, and no access token. */
function refusalOfType(type: unknown, { cnf }: IntrospectionResponse): Refusal | undefined {
  const name = typeof type === 'string' ? type.toLowerCase() : type;
  if (!TOKEN_TYPES.has(name)) {
    return ['invalid', 'token_type is not one of an access token'];
  }
  const { jkt } = Object(cnf) as { jkt?: unknown };
  return name === 'dpop' && typeof jkt !== 'string'
    ? ['invalid', 'token_type is DPoP, and cnf.jkt is missing']
    : undefined;
}
