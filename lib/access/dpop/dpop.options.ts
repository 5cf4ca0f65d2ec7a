import type { AsymmetricAlgorithm } from '../../tokens/jws/algorithms.js';
import type { SharedStore } from '../../tokens/store/shared.store.js';

/**
 * Sender-constrained tokens (RFC 9449): `ErrorsModule.forRoot({ bearer: { dpop: … } })`.
 *
 * @publicApi
 */
export interface DpopOptions {
  /** Takes tokens with a proof only, and none as Bearer. @defaultValue `false` */
  readonly required?: boolean;
  /**
   * Signature algorithms of proofs, which challenges name in `algs`.
   *
   * @defaultValue every one of `asymmetricAlgorithms`
   */
  readonly algorithms?: readonly AsymmetricAlgorithm[];
  /** Seconds that a proof is good for, from its `iat` on; at most 600. @defaultValue `60` */
  readonly maxAge?: number;
  /** Seconds by which the clocks of client and API may differ; at most 300. @defaultValue `10` */
  readonly clockTolerance?: number;
  /**
   * Demands a nonce of the API's own in every proof, so that none can be made ahead (RFC 9449 §9). A
   * client learns it by `use_dpop_nonce`; it changes every few minutes.
   *
   * @defaultValue `false`
   */
  readonly nonce?: boolean;
  /**
   * What comes before a request's path in the URL that callers use: `https://api.example.com`, with a
   * path where a proxy takes one away. A proof names the whole URL, and what `Host` or
   * `X-Forwarded-*` say of it is whatever the caller wrote.
   *
   * @defaultValue the origin of `bearer.resource`
   */
  readonly baseUrl?: string;
  /**
   * Remembers the proofs that were used, and the nonces. Of several instances, one that they share:
   * `RedisStore` of `nestjs-api-errors/redis`. Where it fails, requests with proofs are answered with
   * 503.
   *
   * @defaultValue a `MemoryStore` of 100,000 proofs, of which no key may have more than is free
   */
  readonly store?: SharedStore;
}
