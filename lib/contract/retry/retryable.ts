/**
 * Statuses whose cause may be over when the request is made again: 408 (RFC 9110 §15.5.9), 425
 * (RFC 8470 §5.2), 429 (RFC 6585 §4), 502, 503 and 504 (RFC 9110 §15.6.3 to 15.6.5).
 */
const STATUSES = new Set<unknown>([408, 425, 429, 502, 503, 504]);

/** Of an error, what says whether trying again can help. @internal */
export interface Retryable {
  readonly status: number;
  /** Of an answer: its `Retry-After`, in seconds. */
  readonly retryAfter?: number | undefined;
  /** Of a row: what it says of itself. */
  readonly retryable?: true | undefined;
}

/**
 * Whether trying again can help: the status says so, an answer says when (RFC 9110 §10.2.3), or a row
 * says that it does, whose answers then say when. The one rule for rows, answers and clients.
 *
 * @internal
 */
export function mayBeRetried({ status, retryAfter, retryable }: Retryable): boolean {
  return STATUSES.has(status) || retryAfter !== undefined || retryable === true;
}
