import { hash } from 'node:crypto';
import type { VerifiedToken } from '../bearer/token-verifier.js';

interface Entry {
  readonly token: VerifiedToken;
  /** Milliseconds since the epoch from which the entry is no longer believed. */
  readonly until: number;
}

/**
 * Tokens that were verified a moment ago, by digest: who reads the memory of the process finds no
 * token in here.
 *
 * @internal
 */
export class VerifiedTokenCache {
  private readonly entries = new Map<string, Entry>();

  /**
   * @param maxEntries - how many are kept
   * @param maxAge - seconds that one is believed
   */
  constructor(
    private readonly maxEntries: number,
    private readonly maxAge: number,
  ) {}

  /** @returns the key of a token: its SHA-256. */
  digest(token: string): string {
    return hash('sha256', token, 'base64url');
  }

  /** @returns the token of that digest, where it is believed still. */
  get(digest: string): VerifiedToken | undefined {
    const entry = this.entries.get(digest);
    return entry !== undefined && Date.now() < entry.until ? entry.token : undefined;
  }

  /** @param exp - the token's `exp`, in seconds; never believed past it. */
  set(digest: string, token: VerifiedToken, exp: number): void {
    const now = Date.now();
    this.entries.delete(digest);
    this.entries.set(digest, { token, until: Math.min(now + this.maxAge * 1000, exp * 1000) });
    this.makeRoom(now);
  }

  /** Forgets every token. */
  clear(): void {
    this.entries.clear();
  }

  /** Entries are in order of age, so what has run out is at the front, and goes first. */
  private makeRoom(now: number): void {
    for (const [digest, { until }] of this.entries) {
      if (this.entries.size <= this.maxEntries && now < until) {
        return;
      }
      this.entries.delete(digest);
    }
  }
}
