import { mayBeRetried } from '../../contract/retry/retryable.js';
import type { ApiError } from './api-error.js';

/**
 * Whether making the request again can help: after 408, 425, 429, 502, 503 or 504, and after any other
 * error that says in `retryAfter` when. A request that is not idempotent may have been done all the
 * same.
 *
 * @param error - what `readError()` resolved with; `undefined` is no error, and not retryable
 * @publicApi
 */
export function isRetryable(error: Pick<ApiError, 'status' | 'retryAfter'> | undefined): boolean {
  return error !== undefined && mayBeRetried(error);
}
