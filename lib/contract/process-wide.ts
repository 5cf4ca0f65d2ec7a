/**
 * What all copies of this library in one process share: an ES module beside CommonJS, or the copies
 * of two packages. As with `Symbol.for`, its name is what they agree on.
 *
 * @internal
 */
export function processWide<T extends object>(name: string, make: () => T): T {
  const shared = globalThis as { [key: symbol]: T | undefined };
  return (shared[Symbol.for(`nestjs-api-errors:${name}`)] ??= make());
}
