import type { CredentialsRequest } from './request-credentials.js';
import type { VerifiedToken } from './token-verifier.js';

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
    request: CredentialsRequest,
    accessToken: string,
    token: VerifiedToken,
  ): Promise<string | undefined>;
}

/**
 * The thumbprint of the key that a token is bound to (RFC 9449 §6.1).
 *
 * @returns `undefined` of a token that is bound to none
 * @internal
 */
export function boundKey({ claims }: VerifiedToken): unknown {
  const { cnf } = claims;
  return typeof cnf === 'object' && cnf !== null ? (cnf as { jkt?: unknown }).jkt : undefined;
}
