/** What runs out at some time. @internal */
export interface Expiring {
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Items in whatever order, taken out in that of their time: a binary heap, the soonest on top. @internal */
export class ExpiryQueue<Item extends Expiring> {
  private readonly heap: Item[] = [];

  push(item: Item): void {
    const { heap } = this;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]!.until <= item.until) {
        break;
      }
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = item;
  }

  /** @returns the item that runs out first, taken out; `undefined` where none has by then */
  takeExpired(now: number): Item | undefined {
    const [first] = this.heap;
    if (first === undefined || now < first.until) {
      return undefined;
    }
    const last = this.heap.pop()!;
    if (last !== first) {
      this.sink(last);
    }
    return first;
  }

  /** Puts an item where the top was. */
  private sink(item: Item): void {
    const { heap } = this;
    let at = 0;
    for (;;) {
      const left = at * 2 + 1;
      const right = left + 1;
      const sooner = right < heap.length && heap[right]!.until < heap[left]!.until ? right : left;
      if (sooner >= heap.length || item.until <= heap[sooner]!.until) {
        break;
      }
      heap[at] = heap[sooner]!;
      at = sooner;
    }
    heap[at] = item;
  }
}
