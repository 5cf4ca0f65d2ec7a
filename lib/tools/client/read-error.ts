import { parseChallenges } from '../../contract/challenge/challenge.parser.js';
import type { ApiError, ApiErrorBody, ApiErrorOf } from './api-error.js';
import { readBody } from './body.reader.js';
import { isText, readFailures } from './members.js';
import { type HeaderReader, readRetryAfter } from '../../contract/retry/retry-after.js';

/** What axios throws, by what is read of it, or what it answers with. @publicApi */
export interface AxiosAnswer {
  readonly response?: AxiosAnswer | undefined;
  readonly status?: number | undefined;
  readonly data?: unknown;
  readonly headers?: unknown;
}

/**
 * Reads the error that an API answered with, also one told as problem details (RFC 9457).
 *
 * Never rejects. Resolves with `undefined` where there is no error of the contract to read: the
 * status is below 400, the body is something else (a proxy's page), was cut, is over 64 KiB, was not
 * there after 10 seconds or was read before. The body of a response that is no error is left alone;
 * of one that is, it is consumed: hand over `response.clone()` to keep it.
 *
 * @typeParam Body - the bodies that the operation can answer with, as generated from its OpenAPI
 * document; a `switch` over `error.code` is then checked against them
 * @param from - a response of any `fetch`, or what axios throws or answers with
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
  from: Response | AxiosAnswer | null | undefined,
): Promise<ApiErrorOf<Body> | undefined> {
  try {
    const answer = from && ('response' in from ? from.response : from);
    if (answer && answer.status! >= 400) {
      const body: unknown = 'data' in answer ? parsed(answer.data) : await bodyOf(answer);
      return toApiError(
        answer.status!,
        headersOf(answer.headers),
        body as Record<string, unknown>,
      ) as ApiErrorOf<Body> | undefined;
    }
  } catch {
    // Nothing to read is an answer of its own
  }
  return undefined;
}

async function bodyOf(answer: object): Promise<unknown> {
  return JSON.parse((await readBody(answer as Response)) ?? '');
}

/** axios leaves a body as text where it is told to. */
function parsed(data: unknown): unknown {
  return typeof data === 'string' ? JSON.parse(data) : data;
}

/** Those of axios are an object of its own, whose `get` finds them in either case. */
function headersOf(headers: unknown): HeaderReader {
  const reader = headers as Partial<HeaderReader> | null | undefined;
  return {
    get(name) {
      const value: unknown = reader?.get
        ? reader.get(name)
        : (headers as Record<string, unknown> | null | undefined)?.[name];
      return typeof value === 'string' ? value : null;
    },
  };
}

function toApiError(
  status: number,
  headers: HeaderReader,
  { code, detail, description = detail, requestId, failures }: Record<string, unknown>,
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
    failures: readFailures(failures),
  };
}
