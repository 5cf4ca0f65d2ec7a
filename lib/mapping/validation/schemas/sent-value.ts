import { withoutValue } from '../without-value.js';
import type { Sent } from './issue.js';

/** Of more values none is looked for in a text: it is then not told. */
const MAX_VALUES = 500;

/** What a schema validated. @internal */
export class SentValue implements Sent {
  #scalars: { readonly all: readonly unknown[] | undefined } | undefined;

  constructor(private readonly value: unknown) {}

  /** Of what a transformation made in between nothing is known. */
  isAbsent(path: readonly PropertyKey[]): boolean | undefined {
    let value = this.value;
    for (const step of path) {
      if (value === undefined) {
        return true;
      }
      const isList = Array.isArray(value) && typeof step !== 'number';
      if (typeof value !== 'object' || value === null || isList) {
        return undefined;
      }
      value = Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined;
    }
    return value === undefined;
  }

  /**
   * A text of the application's, which may repeat what was sent, without that.
   *
   * @returns `undefined` where too much was sent to tell
   */
  hidden(text: string): string | undefined {
    this.#scalars ??= { all: scalarsOf(this.value) };
    return this.#scalars.all?.reduce<string>((rest, value) => withoutValue(rest, value), text);
  }
}

function scalarsOf(root: unknown): unknown[] | undefined {
  const found: unknown[] = [];
  const pending = [root];
  for (let seen = 0; pending.length > 0; seen += 1) {
    const value = pending.pop();
    if (seen > MAX_VALUES) {
      return undefined;
    }
    if (typeof value === 'object' && value !== null) {
      pending.push(...Object.values(value).slice(0, MAX_VALUES + 1));
    } else {
      found.push(value);
    }
  }
  // A short one may be a part of a longer one
  return found.toSorted((a, b) => String(b).length - String(a).length);
}
