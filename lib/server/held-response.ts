import type { ServerResponse } from 'node:http';

type Method = 'writeHead' | 'flushHeaders' | 'write' | 'end';

/**
 * Keeps back what is written to a response, head included, until it is known whether the answer is a
 * stream of events or an error.
 *
 * @internal
 */
export class HeldResponse {
  readonly #raw: ServerResponse;
  /** Methods that middleware put on the response before, to have them back. */
  readonly #own: PropertyDescriptorMap;
  #calls: (() => unknown)[] | undefined = [];

  constructor(raw: ServerResponse) {
    this.#raw = raw;
    this.#own = Object.getOwnPropertyDescriptors(raw);
    this.#hold('writeHead', raw);
    this.#hold('flushHeaders', undefined);
    this.#hold('write', true);
    Object.assign(raw, {
      end: (...args: unknown[]) => {
        this.release();
        return (raw.end as (...args: unknown[]) => unknown)(...args);
      },
    });
  }

  /** Whether something was written that the client has not seen. */
  get isHolding(): boolean {
    return this.#calls !== undefined && this.#calls.length > 0;
  }

  /** Lets everything through, from now on. */
  release(): void {
    const calls = this.#restore();
    for (const call of calls) {
      call();
    }
  }

  /** Forgets what was kept back: the response is as if nothing had been written. */
  discard(): void {
    this.#restore();
  }

  #hold(name: Method, result: unknown): void {
    Object.assign(this.#raw, {
      [name]: (...args: unknown[]) => {
        this.#calls?.push(() =>
          (this.#raw[name] as (...args: unknown[]) => unknown).apply(this.#raw, args),
        );
        return result;
      },
    });
  }

  #restore(): (() => unknown)[] {
    const calls = this.#calls ?? [];
    if (this.#calls) {
      this.#calls = undefined;
      for (const name of ['writeHead', 'flushHeaders', 'write', 'end'] as const) {
        Reflect.deleteProperty(this.#raw, name);
        const own = this.#own[name];
        if (own) {
          Object.defineProperty(this.#raw, name, own);
        }
      }
    }
    return calls;
  }
}
