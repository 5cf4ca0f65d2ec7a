interface Entry<T> {
  readonly value: T;
  /** Milliseconds since the epoch from which the value is no longer believed. */
  readonly until: number;
}

/** Values that are believed for a while: bounded, the oldest gives way. @internal */
export class ExpiringCache<T> {
  private readonly entries = new Map<string, Entry<T>>();

  /** @param maxEntries - how many are kept */
  constructor(private readonly maxEntries: number) {}

  /** @returns the value of that key, where it is believed still. */
  get(key: string): T | undefined {
    const entry = this.entries.get(key);
    return entry !== undefined && Date.now() < entry.until ? entry.value : undefined;
  }

  /** @param until - milliseconds since the epoch */
  set(key: string, value: T, until: number): void {
    this.entries.delete(key);
    this.entries.set(key, { value, until });
    this.makeRoom(Date.now());
  }

  /** Forgets every value. */
  clear(): void {
    this.entries.clear();
  }

  /** Entries are in order of age, so what has run out is at the front, and goes first. */
  private makeRoom(now: number): void {
    for (const [key, { until }] of this.entries) {
      if (this.entries.size <= this.maxEntries && now < until) {
        return;
      }
      this.entries.delete(key);
    }
  }
}
