import type { FailurePath } from '../../contract/exceptions/failure-path.js';

const MAX_LENGTH = 500;

/**
 * The JSON Pointer of a parameter, as the fragment of a URI (RFC 6901 §6): `#/items/2/price`.
 *
 * @returns `undefined` where it is longer than anybody wants to read
 * @internal
 */
export function jsonPointer(path: FailurePath): string | undefined {
  let pointer = '#';
  for (const step of path) {
    pointer += `/${token(String(step))}`;
    if (pointer.length > MAX_LENGTH) {
      return undefined;
    }
  }
  return pointer;
}

/** RFC 6901 §3, and what a fragment may not have. */
function token(name: string): string {
  const escaped = name.slice(0, MAX_LENGTH).replaceAll('~', '~0').replaceAll('/', '~1');
  return encodeURIComponent(escaped.toWellFormed()).replaceAll('%7E', '~');
}
