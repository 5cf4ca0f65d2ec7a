import type { SharedStore } from './shared.store.js';

const DEFAULT_MAX_ENTRIES = 100_000;

interface Entry {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * A {@link SharedStore} of one process. Full, it takes nothing more until something runs out: to
 * forget a proof early would let it be used twice.
 *
 * @publicApi
 */
export class MemoryStore implements SharedStore {
  private readonly entries = new Map<string, Entry>();

  /** @param maxEntries - how many values are kept, 100,000 unless told otherwise */
  constructor(private readonly maxEntries: number = DEFAULT_MAX_ENTRIES) {
    if (!Number.isInteger(maxEntries) || maxEntries < 1) {
      throw new TypeError('MemoryStore: maxEntries is a whole number, 1 at least.');
    }
  }

  /** Takes the value before it returns: nothing comes between the question and the answer. */
  async setIfAbsent(key: string, value: string, ttl: number): Promise<boolean> {
    const now = Date.now();
    if (this.find(key, now) !== undefined) {
      return false;
    }
    this.makeRoom(now);
    if (this.entries.size >= this.maxEntries) {
      throw new Error(`MemoryStore is full: ${this.maxEntries} values that are still needed`);
    }
    this.entries.set(key, { value, until: now + ttl });
    return true;
  }

  async get(key: string): Promise<string | undefined> {
    return this.find(key, Date.now())?.value;
  }

  private find(key: string, now: number): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry !== undefined && entry.until <= now) {
      this.entries.delete(key);
      return undefined;
    }
    return entry;
  }

  /** The oldest are at the front, and of much the same life: what is not over ends the search. */
  private makeRoom(now: number): void {
    for (const [key, { until }] of this.entries) {
      if (now < until) {
        return;
      }
      this.entries.delete(key);
    }
  }
}
