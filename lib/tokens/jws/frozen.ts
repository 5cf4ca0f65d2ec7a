/**
 * Freezes what JSON made, all the way down: a token of the cache is shared by requests, and what
 * one of them writes into its claims must not be what the next one reads. Without recursion, for
 * claims may be nested deeper than the stack.
 *
 * @internal
 */
export function frozen<T extends object>(value: T): T {
  const left: object[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    for (const member of Object.values(next)) {
      if (typeof member === 'object' && member !== null) {
        left.push(member);
      }
    }
    Object.freeze(next);
  }
  return value;
}
