import { fetchWithRetries, isRetryable, readError } from 'nestjs-api-errors/client';

/** Gives up after three attempts, or after ten seconds. */
export async function order(url: string, isbn: string, key: string): Promise<string> {
  const response = await fetchWithRetries(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify({ isbn }),
    signal: AbortSignal.timeout(10_000),
  });
  const error = await readError(response);
  if (!error) {
    return 'Ordered.';
  }
  return isRetryable(error)
    ? `Not now; try again in ${error.retryAfter ?? 'some'} seconds.`
    : error.description;
}
