/**
 * Whether a value is a class, and no function that is called: an arrow function has no prototype, that
 * of a class cannot be replaced, and one that was compiled to a function has methods on it, or is an
 * error's.
 *
 * @internal
 */
export function isClass(value: unknown): value is abstract new (...args: never[]) => unknown {
  if (typeof value !== 'function') {
    return false;
  }
  const prototype: unknown = value.prototype;
  return (
    typeof prototype === 'object' &&
    prototype !== null &&
    (Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false ||
      Object.getOwnPropertyNames(prototype).length > 1 ||
      prototype instanceof Error)
  );
}
