import { hash } from 'node:crypto';
import type { VerifiedToken } from '../bearer/token-verifier.js';
import { ExpiringCache } from '../store/expiring.cache.js';

/**
 * Tokens that were verified a moment ago, by digest: who reads the memory of the process finds no
 * token in here.
 *
 * @internal
 */
export class VerifiedTokenCache {
  private readonly tokens: ExpiringCache<VerifiedToken>;

  /**
   * @param maxEntries - how many are kept
   * @param maxAge - seconds that one is believed
   */
  constructor(
    maxEntries: number,
    private readonly maxAge: number,
  ) {
    this.tokens = new ExpiringCache(maxEntries);
  }

  /** @returns the key of a token: its SHA-256. */
  digest(token: string): string {
    return hash('sha256', token, 'base64url');
  }

  /** @returns the token of that digest, where it is believed still. */
  get(digest: string): VerifiedToken | undefined {
    return this.tokens.get(digest);
  }

  /** @param exp - the token's `exp`, in seconds; never believed past it. */
  set(digest: string, token: VerifiedToken, exp: number): void {
    this.tokens.set(digest, token, Math.min(Date.now() + this.maxAge * 1000, exp * 1000));
  }

  /** Forgets every token. */
  clear(): void {
    this.tokens.clear();
  }
}
