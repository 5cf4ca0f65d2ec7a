import { randomBytes } from 'node:crypto';
import type { SharedStore } from '../../tokens/store/shared.store.js';

/** How long a nonce is given out; it is taken for as long again. */
const PERIOD_MS = 150_000;
const NONCE_BYTES = 24;

/**
 * Nonces that instances agree on without being told a secret: the first one to need a nonce in a
 * period of time makes it up, and the store has it for the others. Nobody can know one before its
 * period (RFC 9449 §9, §11.2).
 *
 * @internal
 */
export class Nonces {
  /** Of this period and the one before; no store is asked twice for the same. */
  private readonly known = new Map<number, Promise<string | undefined>>();

  constructor(private readonly store: SharedStore) {}

  /** @returns the nonce to give out now. @throws where the store fails. */
  async current(): Promise<string> {
    const period = toPeriod(Date.now());
    const nonce = await this.of(period, () => this.agree(period));
    if (nonce === undefined) {
      throw new Error('The store lost a nonce that it was given a moment ago');
    }
    return nonce;
  }

  /** @returns whether a proof may hold that nonce. @throws where the store fails. */
  async accepts(nonce: unknown): Promise<boolean> {
    if (typeof nonce !== 'string') {
      return false;
    }
    const period = toPeriod(Date.now()) - 1;
    return (
      nonce === (await this.current()) ||
      nonce === (await this.of(period, () => this.store.get(toKey(period))))
    );
  }

  private async agree(period: number): Promise<string | undefined> {
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    const key = toKey(period);
    // Until the end of the next period, from any moment of this one
    return (await this.store.setIfAbsent(key, nonce, PERIOD_MS * 2)) ? nonce : this.store.get(key);
  }

  private of(period: number, find: () => Promise<string | undefined>): Promise<string | undefined> {
    let nonce = this.known.get(period);
    if (nonce === undefined) {
      nonce = find();
      this.known.set(period, nonce);
      // What failed is tried again
      nonce.catch(() => this.known.delete(period));
      this.forget(period);
    }
    return nonce;
  }

  private forget(period: number): void {
    for (const known of this.known.keys()) {
      if (known < period - 1) {
        this.known.delete(known);
      }
    }
  }
}

function toPeriod(now: number): number {
  return Math.floor(now / PERIOD_MS);
}

function toKey(period: number): string {
  return `dpop:nonce:${period}`;
}
