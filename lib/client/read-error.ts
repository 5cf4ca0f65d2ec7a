import { parseChallenges } from '../challenge/challenge.parser.js';
import type { ApiError, ApiErrorBody, ApiErrorFailure, ApiErrorOf } from './api-error.js';
import { readBody } from './body.reader.js';
import { readRetryAfter } from './retry-after.js';

/**
 * Reads the error that an API answered with.
 *
 * Never rejects. Resolves with `undefined` where there is no error of the contract to read: the
 * status is below 400, the body is something else (a proxy's page), was cut, is over 64 KiB or was
 * read before. The body of a response that is no error is left alone; of one that is, it is
 * consumed: hand over `response.clone()` to keep it.
 *
 * @typeParam Body - the bodies that the operation can answer with, as generated from its OpenAPI
 * document; a `switch` over `error.code` is then checked against them
 * @param response - from any `fetch`
 * @example
 * ```ts
 * const error = await readError<Errors>(response);
 * switch (error?.code) {
 *   case 'BOOK_NOT_EXIST': …
 * }
 * ```
 * @publicApi
 */
export async function readError<Body extends ApiErrorBody = ApiErrorBody>(
  response: Response | null | undefined,
): Promise<ApiErrorOf<Body> | undefined> {
  try {
    if (response && response.status >= 400) {
      const body: unknown = JSON.parse((await readBody(response)) ?? '');
      return toApiError(response, body as Record<string, unknown>) as ApiErrorOf<Body> | undefined;
    }
  } catch {
    // Nothing to read is an answer of its own
  }
  return undefined;
}

function toApiError(
  { status, headers }: Response,
  { code, description, requestId, failures }: Record<string, unknown>,
): ApiError | undefined {
  if (!isText(code) || typeof description !== 'string') {
    return undefined;
  }
  return {
    status,
    code,
    description,
    challenges: parseChallenges(headers.get('www-authenticate')),
    retryAfter: readRetryAfter(headers),
    requestId: isText(requestId) ? requestId : headers.get('x-request-id') || undefined,
    failures: Array.isArray(failures) ? failures.filter(isFailure) : undefined,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isFailure(value: unknown): value is ApiErrorFailure {
  const failure = value as Partial<ApiErrorFailure> | null;
  return (
    isText(failure?.parameter) &&
    isText(failure.rule) &&
    typeof failure.description === 'string' &&
    (failure.in === undefined || typeof failure.in === 'string')
  );
}
