/** A response of `fetch`, by what is used of it. @publicApi */
export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly bodyUsed: boolean;
  clone(): { text(): Promise<string> };
}

/** A response of supertest or superagent, by what is used of it. @publicApi */
export interface SupertestResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

/** A response of light-my-request, Fastify's `inject()`, by what is used of it. @publicApi */
export interface InjectResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly payload: string;
}

/** A response as the matchers look at it. @internal */
export interface ReadResponse {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly challenge: string | readonly string[] | undefined;
  readonly body: string;
}

/**
 * The response that `value` is, whichever library it is of; a promise where the body has yet to be
 * read.
 *
 * @throws TypeError where it is none, or its body was read before.
 * @internal
 */
export function readResponse(value: unknown): ReadResponse | Promise<ReadResponse> {
  if (isFetchResponse(value)) {
    if (value.bodyUsed) {
      throw new TypeError('The body was read before; match the response first, then read it.');
    }
    const head = readHead(value);
    return value
      .clone()
      .text()
      .then((body) => ({ ...head, body }));
  }
  const head = readHead(value);
  const { text, payload } = value as Partial<SupertestResponse & InjectResponse>;
  return { ...head, body: text ?? payload ?? '' };
}

/**
 * Status and headers of a response.
 *
 * @throws TypeError where `value` is none.
 * @internal
 */
export function readHead(value: unknown): Omit<ReadResponse, 'body'> {
  if (isFetchResponse(value)) {
    return {
      status: value.status,
      contentType: value.headers.get('content-type') ?? undefined,
      challenge: value.headers.get('www-authenticate') ?? undefined,
    };
  }
  const { status, statusCode, headers } = (value ?? {}) as Partial<
    SupertestResponse & InjectResponse
  >;
  const code = statusCode ?? status;
  if (typeof code !== 'number' || typeof headers !== 'object') {
    throw new TypeError(notAResponse(value));
  }
  return {
    status: code,
    contentType: headers['content-type'] as string | undefined,
    challenge: headers['www-authenticate'],
  };
}

function isFetchResponse(value: unknown): value is FetchResponse {
  const { clone, headers } = (value ?? {}) as Partial<FetchResponse>;
  return typeof clone === 'function' && typeof headers?.get === 'function';
}

function notAResponse(value: unknown): string {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function'
    ? 'This is a promise or a request that is not sent yet; await it first.'
    : 'This is no response of supertest, fetch or light-my-request.';
}
