import { processWide } from '../../contract/process-wide.js';

const noted = processWide('errors-of-services', () => new WeakSet<object>());

/** Remembers that an error is what another service sent, and not one of this application. @internal */
export function noteAsOfService(error: object): void {
  noted.add(error);
}

/**
 * Whether an error is what another service sent, in whatever shape, and `rebuildErrors()` left as it
 * was: thrown on, it is that service's fault and nothing for a caller to read.
 *
 * @internal
 */
export function isOfService(error: unknown): boolean {
  return typeof error === 'object' && error !== null && noted.has(error);
}
