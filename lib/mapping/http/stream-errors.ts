import { isError } from '../../contract/exceptions/is-error.js';

const streamErrors = new WeakSet<object>();
const MISSING_FILE = new Set(['ENOENT', 'ENOTDIR']);

/** Remembers that an error came from a file or stream that a handler returned. @internal */
export function markStreamError(error: unknown): void {
  if (typeof error === 'object' && error !== null) {
    streamErrors.add(error);
  }
}

/**
 * Whether what a handler returned to be sent is a file that is not there: to the caller, a resource
 * that does not exist. The same error from anywhere else is a fault of the server.
 *
 * @internal
 */
export function isMissingFile(error: unknown): boolean {
  return (
    isError(error) &&
    streamErrors.has(error) &&
    MISSING_FILE.has((error as NodeJS.ErrnoException).code ?? '')
  );
}
