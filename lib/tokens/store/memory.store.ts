import { type Expiring, ExpiryQueue } from './expiry.queue.js';
import type { SharedStore } from './shared.store.js';

const DEFAULT_MAX_ENTRIES = 100_000;
/** So many are forgotten at a time, that nobody waits for all that ran out in a quiet hour. */
const MAX_FORGOTTEN = 100;

interface Entry extends Expiring {
  readonly key: string;
  readonly value: string;
  readonly holder: string | undefined;
}

/**
 * A {@link SharedStore} of one process. Full, it takes nothing more until something runs out: to
 * forget a proof early would let it be used twice. No holder gets as much as is free for the others,
 * so that none of them fills it: one alone has half of it at most, two a third each.
 *
 * @publicApi
 */
export class MemoryStore implements SharedStore {
  private readonly entries = new Map<string, Entry>();
  private readonly queue = new ExpiryQueue<Entry>();
  /** How many entries each holder has. */
  private readonly held = new Map<string, number>();

  /** @param maxEntries - how many values are kept, 100,000 unless told otherwise */
  constructor(private readonly maxEntries: number = DEFAULT_MAX_ENTRIES) {
    if (!Number.isInteger(maxEntries) || maxEntries < 1) {
      throw new TypeError('MemoryStore: maxEntries is a whole number, 1 at least.');
    }
  }

  /** Takes the value before it returns: nothing comes between the question and the answer. */
  async setIfAbsent(key: string, value: string, ttl: number, holder?: string): Promise<boolean> {
    const now = Date.now();
    this.forgetExpired(now);
    if (this.find(key, now) !== undefined) {
      return false;
    }
    const free = this.maxEntries - this.entries.size;
    if (free === 0 || (holder !== undefined && this.heldBy(holder) >= free)) {
      throw new Error(`MemoryStore is full: ${this.entries.size} values that are still needed`);
    }
    this.keep({ key, value, until: now + ttl, holder });
    return true;
  }

  async get(key: string): Promise<string | undefined> {
    return this.find(key, Date.now())?.value;
  }

  private find(key: string, now: number): Entry | undefined {
    const entry = this.entries.get(key);
    return entry !== undefined && now < entry.until ? entry : undefined;
  }

  private keep(entry: Entry): void {
    this.entries.set(entry.key, entry);
    this.queue.push(entry);
    this.count(entry.holder, 1);
  }

  private forgetExpired(now: number): void {
    for (let left = MAX_FORGOTTEN; left > 0; left -= 1) {
      const entry = this.queue.takeExpired(now);
      if (entry === undefined) {
        return;
      }
      this.count(entry.holder, -1);
      // Another one may have its key by now
      if (this.entries.get(entry.key) === entry) {
        this.entries.delete(entry.key);
      }
    }
  }

  private heldBy(holder: string): number {
    return this.held.get(holder) ?? 0;
  }

  private count(holder: string | undefined, change: 1 | -1): void {
    if (holder === undefined) {
      return;
    }
    const count = this.heldBy(holder) + change;
    if (count === 0) {
      this.held.delete(holder);
    } else {
      this.held.set(holder, count);
    }
  }
}
