import { readRetryAfter } from '../../contract/retry/retry-after.js';
import { isRetryable } from './is-retryable.js';
import { type RetryOptions, readRetryOptions, type RetrySettings } from './retry.options.js';

/** Methods that do the same however often they are done (RFC 9110 §9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/**
 * `fetch()` that makes a request again where that can help: the connection failed, or the answer is
 * {@link isRetryable}. Only requests that are idempotent, or have an `Idempotency-Key`, are made again.
 *
 * It waits as long as `Retry-After` asks for, else twice as long each time, and a random part more, so
 * that clients do not come back at once. The last answer is returned, whatever it is.
 *
 * @param init - as of `fetch()`; its `signal` ends the waiting too
 * @example `const error = await readError(await fetchWithRetries('https://api.example.com/books'))`
 * @returns the answer of the last attempt
 * @throws what `fetch()` throws at the last attempt, the signal's reason, and a TypeError where an
 * option is wrong.
 * @publicApi
 */
export async function fetchWithRetries(
  input: string | URL | Request,
  init?: RequestInit,
  options?: RetryOptions,
): Promise<Response> {
  const request = new Request(input, init);
  const settings = readRetryOptions(options);
  const attempts = mayRepeat(request, settings) ? settings.attempts : 1;
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- attempts come one after another
    const delay = await attempted(request.clone(), attempt, settings);
    if (typeof delay !== 'number') {
      return delay;
    }
    // oxlint-disable-next-line no-await-in-loop -- attempts come one after another
    await waited(delay, request.signal);
  }
  return fetch(request);
}

function mayRepeat({ method, headers }: Request, { idempotent }: RetrySettings): boolean {
  return idempotent ?? (IDEMPOTENT.has(method) || headers.has('idempotency-key'));
}

/** The answer, or how long to wait for a better one. */
async function attempted(
  request: Request,
  attempt: number,
  settings: RetrySettings,
): Promise<Response | number> {
  try {
    const response = await fetch(request);
    const retryAfter = readRetryAfter(response.headers);
    const delay = delayOf(attempt, retryAfter, settings);
    const { status } = response;
    if (status < 400 || !isRetryable({ status, retryAfter }) || delay > settings.maxDelay) {
      return response;
    }
    // Else the connection is not free for the next attempt
    await response.body?.cancel();
    return delay;
  } catch (error) {
    if (request.signal.aborted) {
      throw error;
    }
    return delayOf(attempt, undefined, settings);
  }
}

/** In milliseconds: never before `Retry-After`. */
function delayOf(attempt: number, retryAfter: number | undefined, settings: RetrySettings): number {
  const { delay, maxDelay } = settings;
  const backoff = Math.min(maxDelay / 2, delay * 2 ** (attempt - 1));
  const least = retryAfter === undefined ? backoff : retryAfter * 1000;
  return least + Math.random() * Math.min(backoff, Math.max(0, maxDelay - least));
}

function waited(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) {
      stop();
    }
  });
}
