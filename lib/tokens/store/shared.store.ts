/**
 * What several instances of an API must agree on: DPoP proofs that were used, nonces that were given
 * out, what an issuer said of a token. In the memory of the process by default (`MemoryStore`);
 * `RedisStore` of `nestjs-api-errors/redis` for a fleet.
 *
 * @publicApi
 */
export interface SharedStore {
  /**
   * Keeps a value under a key that has none, in one step: of any number of callers at once, in any
   * number of processes, one is told that the key was free. A store that cannot promise this, such
   * as one that asks first and writes then, lets a replayed proof pass.
   *
   * @param key - printable ASCII, 128 characters at most
   * @param ttl - milliseconds for which the value is kept; not shorter, unless the store loses it
   * @param holder - whose share of the store the value takes, a client's key for instance: where a
   * store has a bound, one of them must not fill it for the others
   * @returns whether the key was free, and the value is kept now
   * @throws where that cannot be told. What relies on it is then refused.
   */
  setIfAbsent(key: string, value: string, ttl: number, holder?: string): Promise<boolean>;
  /** @returns the value that is kept under a key. */
  get(key: string): Promise<string | undefined>;
}
