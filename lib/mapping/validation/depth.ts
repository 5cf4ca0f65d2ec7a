/** Deeper than any document that people write, and shallower than what overflows a stack. */
const MAX_DEPTH = 500;

/**
 * Whether a value is nested so deep that what walks it recursively may overflow the stack.
 *
 * @internal
 */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? (Object.values(item) as unknown[]) : [],
    );
    if (level.length === 0) {
      return false;
    }
  }
  return true;
}
