import type { webcrypto } from 'node:crypto';
import type { SharedStore } from '../store/shared.store.js';

/** How long an issuer's answers are believed. @publicApi */
export interface IntrospectionCacheOptions {
  /**
   * Seconds that a token is believed without asking again, 60 at most, and never past its `exp`: a
   * token that is revoked is refused after that time. What an issuer refused is believed for 10
   * seconds at most.
   *
   * @defaultValue `30`
   */
  readonly maxAge?: number;
  /**
   * How many answers are kept in memory, good and bad ones each; the oldest gives way.
   *
   * @defaultValue `5000`
   */
  readonly maxEntries?: number;
  /**
   * Shares answers with other instances, so that one of them asks while the others wait for it: `RedisStore` of
   * `nestjs-api-errors/redis`. It holds what the issuer said of a token, under the token's digest.
   * Where it fails, the issuer is asked.
   */
  readonly store?: SharedStore;
}

/**
 * How much an issuer is asked. Tokens that were good before have as much again for themselves, so that
 * made-up ones are not in their way.
 *
 * @publicApi
 */
export interface IntrospectionQuestionsOptions {
  /** Questions that are open at a time; a token beyond them is 503. @defaultValue `100` */
  readonly maxInFlight?: number;
  /** Questions that are asked in a second; a token beyond them is 503. @defaultValue `500` */
  readonly maxPerSecond?: number;
}

/** What `IntrospectionTokenVerifier` is told. @publicApi */
export interface IntrospectionTokenVerifierOptions {
  /** The authorization server: an `https:` URL, or `http:` on a loopback host. */
  readonly issuer: string;
  /** Name of this API in `aud`, or several of which a token has to hold one. */
  readonly audience: string | readonly string[];
  /** `client_id` by which this API is known to the authorization server. */
  readonly clientId: string;
  /** Authenticates this API by a secret; either this or `privateKey` is given. */
  readonly clientSecret?: string;
  /** How a secret is sent (RFC 6749 §2.3.1). @defaultValue `'client_secret_basic'` */
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
  /**
   * Authenticates this API by `private_key_jwt` (RFC 7523 §2.2): a key that signs, with its `kid` where
   * the authorization server asks for one. Its own algorithm says how it signs.
   */
  readonly privateKey?:
    webcrypto.CryptoKey | { readonly key: webcrypto.CryptoKey; readonly kid?: string };
  /**
   * Where tokens are introspected.
   *
   * @defaultValue `introspection_endpoint` of the issuer's metadata (RFC 8414 §2)
   */
  readonly endpoint?: string;
  /** Bounds of what callers make this API ask. */
  readonly questions?: IntrospectionQuestionsOptions;
  /** Whether answers are believed for a while. @defaultValue `true` */
  readonly cache?: boolean | IntrospectionCacheOptions;
}
