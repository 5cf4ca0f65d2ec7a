/**
 * What a verifier found a token to be. `BearerGuard` puts it on the request, where `@Token()` reads
 * it.
 *
 * @publicApi
 */
export interface VerifiedToken {
  /** The token's claims, as the issuer made them (RFC 7519 §4, RFC 9068 §2.2, RFC 7662 §2.2). */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Scopes that the token carries. */
  readonly scopes: readonly string[];
  /** `sub`: whom the token was issued about. */
  readonly subject: string | undefined;
  /** `client_id` (else `azp`, `cid` or `appid`): the client that the token was issued to. */
  readonly clientId: string | undefined;
  /** `iss`: the authorization server that issued it. */
  readonly issuer: string | undefined;
}

/**
 * Port through which `BearerGuard` learns whether a token is good. `JwtTokenVerifier` of
 * `nestjs-api-errors/jwt` is one; an application may bring its own.
 *
 * @publicApi
 */
export interface TokenVerifier {
  /**
   * @param token - the token68 of the `Authorization` header (RFC 6750 §2.1), as sent
   * @returns what the token says; {@link verifiedToken} makes it from claims
   * @throws InvalidTokenException where the token is refused (401), ServiceUnavailableException
   * where it cannot be told now (503). Anything else thrown is a fault of the verifier (500).
   */
  verify(token: string): VerifiedToken | Promise<VerifiedToken>;
  /**
   * Fetches ahead what the first token would have to wait for. Called at start-up and not waited for;
   * must neither throw nor reject.
   *
   * @returns where anything is wrong that does not keep the application from starting, a sentence
   * each, for the log
   */
  warmUp?(): void | Promise<readonly string[] | void>;
}
