import type { AnyRequest } from '../../nest/request.js';
import { refusedToken } from '../../tokens/token-refusal.js';
import type { VerifiedToken } from '../../tokens/token-verifier.js';

/**
 * Port through which `BearerGuard` learns whether who sent a token also holds the key that the token
 * is bound to. DPoP (RFC 9449) is one.
 *
 * @internal
 */
export interface ProofOfPossession {
  /**
   * @param accessToken - as sent; `token` is what it was found to be
   * @returns a nonce that the client is to use from now on, where it has to change
   * @throws InvalidTokenException where the token is bound to no key, or to another one;
   * InvalidDpopProofException, UseDpopNonceException; ServiceUnavailableException where it cannot be
   * told now.
   */
  check(
    request: AnyRequest,
    accessToken: string,
    token: VerifiedToken,
  ): Promise<string | undefined>;
}

/** Port through which `BearerGuard` learns whether a request comes with a certificate (RFC 8705). @internal */
export interface ClientCertificates {
  /**
   * @param thumbprint - of the certificate that the token is bound to
   * @throws InvalidTokenException where the client has none, or another one.
   */
  check(request: AnyRequest, thumbprint: unknown): void;
}

/** The members of `cnf` that can be verified (RFC 9449 §6.1, RFC 8705 §3.1). */
const KEY = 'jkt';
const CERTIFICATE = 'x5t#S256';

/**
 * The thumbprint of the key that a token is bound to (RFC 9449 §6.1).
 *
 * @returns `undefined` of a token that is bound to none
 * @internal
 */
export function boundKey(token: VerifiedToken): unknown {
  return new Map(confirmations(token)).get(KEY);
}

/**
 * A token with `cnf` is no Bearer token (RFC 7800 §3, RFC 9449 §7.2), also where this API verifies
 * none: to take it would make every other API's copy of it good here. So whatever it is bound to has
 * to be shown, and what cannot be refuses it.
 *
 * @param provesKey - whether the request comes with a proof, which is looked at apart
 * @throws InvalidTokenException
 * @internal
 */
export function checkConfirmations(
  token: VerifiedToken,
  request: AnyRequest,
  provesKey: boolean,
  certificates: ClientCertificates | undefined,
): void {
  for (const [name, value] of confirmations(token)) {
    if (name === CERTIFICATE && certificates !== undefined) {
      certificates.check(request, value);
    } else if (name === KEY && !provesKey) {
      throw refusedToken('invalid', 'bound to a key (cnf.jkt), sent with the Bearer scheme');
    } else if (name !== KEY) {
      throw refusedToken('invalid', 'bound to what this API does not verify (cnf)');
    }
  }
}

function confirmations({ claims }: VerifiedToken): readonly (readonly [string, unknown])[] {
  const { cnf } = claims;
  if (cnf === undefined) {
    return [];
  }
  const members = typeof cnf === 'object' && !Array.isArray(cnf) ? Object.entries(Object(cnf)) : [];
  if (members.length === 0) {
    throw refusedToken('invalid', 'cnf is no object that says what the token is bound to');
  }
  return members;
}
