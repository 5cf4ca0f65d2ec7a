import type { VerifiedToken } from './token-verifier.js';

/**
 * Makes a {@link VerifiedToken} from the claims of a token. Scopes are read from `scope` (a string
 * of scope-tokens, RFC 8693 §4.2, or an array of them), else from `scp`.
 *
 * @example
 * ```ts
 * verify(token: string) { return verifiedToken(this.sessions.claimsOf(token)); }
 * ```
 * @publicApi
 */
export function verifiedToken(claims: Readonly<Record<string, unknown>>): VerifiedToken {
  return {
    claims,
    scopes: toScopes(claims['scope']) ?? toScopes(claims['scp']) ?? [],
    subject: toText(claims['sub']),
    clientId: clientIdOf(claims),
    issuer: toText(claims['iss']),
  };
}

/** Okta says `cid`, Entra ID of version 1 `appid`. @internal */
export function clientIdOf(claims: Readonly<Record<string, unknown>>): string | undefined {
  const { client_id: id, azp, cid, appid } = claims;
  return toText(id) ?? toText(azp) ?? toText(cid) ?? toText(appid);
}

function toScopes(claim: unknown): readonly string[] | undefined {
  if (typeof claim === 'string') {
    return claim.split(' ').filter((scope) => scope !== '');
  }
  return Array.isArray(claim) ? claim.filter((scope) => typeof scope === 'string') : undefined;
}

function toText(claim: unknown): string | undefined {
  return typeof claim === 'string' ? claim : undefined;
}
