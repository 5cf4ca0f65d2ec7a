import type { JSONWebKeySet } from 'jose';
import type { AsymmetricAlgorithm } from '../jws/algorithms.js';

/**
 * Bounds of the cache of verified tokens.
 *
 * @publicApi
 */
export interface TokenCacheOptions {
  /**
   * How many tokens are kept; the oldest gives way.
   *
   * @defaultValue `5000`
   */
  readonly maxEntries?: number;
  /**
   * Seconds that a token is believed without being verified again, 60 at most, and never past its
   * `exp`.
   *
   * @defaultValue `60`
   */
  readonly maxAge?: number;
}

/**
 * What {@link JwtTokenVerifier} is told.
 *
 * @publicApi
 */
export interface JwtTokenVerifierOptions {
  /**
   * The authorization server, or several, as its tokens name it in `iss`: an `https:` URL, or
   * `http:` on a loopback host. Compared character by character (RFC 8725 §3.8, RFC 9068 §4).
   */
  readonly issuer: string | readonly string[];
  /** Name of this API in `aud`, or several of which a token has to hold one (RFC 9068 §4). */
  readonly audience: string | readonly string[];
  /**
   * Signature algorithms to take.
   *
   * @defaultValue every one of {@link asymmetricAlgorithms}
   */
  readonly algorithms?: readonly AsymmetricAlgorithm[];
  /**
   * Media type that the header's `typ` has to name, with or without `application/`. `false` takes
   * any, and then an ID token of the same audience passes for an access token (RFC 9068 §5).
   *
   * @defaultValue `'at+jwt'` (RFC 9068 §2.1)
   */
  readonly typ?: string | false;
  /**
   * Seconds by which the clocks of issuer and API may differ.
   *
   * @defaultValue `0`
   */
  readonly clockTolerance?: number;
  /**
   * Where the JWK Set is, in place of discovery. Of several issuers, each is believed on its keys.
   */
  readonly jwksUri?: string;
  /** The keys themselves, public ones, in place of any request. Of several issuers, as `jwksUri`. */
  readonly jwks?: JSONWebKeySet;
  /**
   * Whether a token that was verified is believed for a minute, and how many are.
   *
   * @defaultValue `true`
   */
  readonly cache?: boolean | TokenCacheOptions;
}
