import { isError } from '../../contract/exceptions/is-error.js';

/**
 * Why an issuer cannot be had, for the log: what failed, and the code of the system behind a `fetch
 * failed`, which says nothing.
 *
 * @internal
 */
export function failureOf(failure: unknown): string {
  let root = failure as Error & { readonly code?: unknown };
  while (isError(root.cause)) {
    root = root.cause;
  }
  const code = typeof root.code === 'string' ? ` (${root.code})` : '';
  return `${(failure as Error).message}${code}`;
}
