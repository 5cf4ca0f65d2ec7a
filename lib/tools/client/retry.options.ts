/** How often, and how soon, a request is made again. @publicApi */
export interface RetryOptions {
  /**
   * How often a request is made at most, the first time included: 1 to 10.
   *
   * @defaultValue 3
   */
  readonly attempts?: number;
  /**
   * The shortest wait before the second attempt, in milliseconds; twice that before the third, and so
   * on.
   *
   * @defaultValue 200
   */
  readonly delay?: number;
  /**
   * The longest wait, in milliseconds. An answer that asks for a longer one is returned.
   *
   * @defaultValue 20,000
   */
  readonly maxDelay?: number;
  /**
   * Whether the request may be made again.
   *
   * @defaultValue what its method is (RFC 9110 §9.2.2), and `true` with an `Idempotency-Key`
   */
  readonly idempotent?: boolean;
}

/** A timer with more fires at once. */
const MAX_TIMEOUT = 2 ** 31 - 1;

/** Options once they are read. @internal */
export interface RetrySettings extends Required<Omit<RetryOptions, 'idempotent'>> {
  readonly idempotent: boolean | undefined;
}

/** @throws TypeError that names the option and the fix. @internal */
export function readRetryOptions({
  attempts = 3,
  delay = 200,
  maxDelay = 20_000,
  idempotent,
}: RetryOptions = {}): RetrySettings {
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > 10) {
    throw new TypeError('fetchWithRetries: attempts takes a whole number, 1 to 10.');
  }
  if (!(delay >= 0 && maxDelay >= 0)) {
    throw new TypeError('fetchWithRetries: delay and maxDelay take milliseconds, 0 at least.');
  }
  return { attempts, delay, maxDelay: Math.min(maxDelay, MAX_TIMEOUT), idempotent };
}
