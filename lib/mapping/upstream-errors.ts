/** Node's and undici's codes of a dependency that cannot be reached, breaks off or is too slow. */
const STATUSES = new Map<unknown, 502 | 503 | 504>([
  ['ECONNREFUSED', 503],
  ['EAI_AGAIN', 503],
  ['ENOTFOUND', 503],
  ['EHOSTUNREACH', 503],
  ['ENETUNREACH', 503],
  ['ECONNRESET', 502],
  ['EPIPE', 502],
  ['UND_ERR_SOCKET', 502],
  ['ECONNABORTED', 504],
  ['ETIMEDOUT', 504],
  ['UND_ERR_CONNECT_TIMEOUT', 504],
  ['UND_ERR_HEADERS_TIMEOUT', 504],
  ['UND_ERR_BODY_TIMEOUT', 504],
]);

const MAX_CAUSES = 5;

/**
 * The status of an error that a dependency caused, by the codes in its chain of causes: 503 where it
 * cannot be reached, 502 where it broke off, 504 where it did not answer in time. A status that the
 * error carries is the dependency's answer, not this API's, and says nothing here.
 *
 * @internal
 */
export function upstreamStatus(thrown: unknown): 502 | 503 | 504 | undefined {
  let error = thrown;
  for (let depth = 0; depth < MAX_CAUSES && isObject(error); depth += 1) {
    const status = STATUSES.get(error.code);
    // What AbortSignal.timeout() aborts with is a DOMException, whose code is a number
    if (status !== undefined || error.name === 'TimeoutError') {
      return status ?? 504;
    }
    error = error.cause;
  }
  return undefined;
}

function isObject(
  value: unknown,
): value is { readonly code?: unknown; readonly name?: unknown; readonly cause?: unknown } {
  return typeof value === 'object' && value !== null;
}
