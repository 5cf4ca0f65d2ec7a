import { type HeaderReader, readRetryAfter } from '../../contract/retry/retry-after.js';

/** What another service answered, as an error of its client tells it. @internal */
export interface UpstreamAnswer {
  readonly status: number;
  /** In seconds. */
  readonly retryAfter: number | undefined;
  /** As the client read it; never told to a caller as it is. */
  readonly body: unknown;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * The answer of another service behind an error, by the structure of the error: of axios, got, ky,
 * undici, the AWS SDK, openai and the clients made as it is, gRPC, and what `readError()` read.
 *
 * @returns `undefined` where there was none
 * @internal
 */
export function answerOf(error: object): UpstreamAnswer | undefined {
  const members = error as Members;
  return ofContract(members) ?? ofGrpc(members) ?? ofAws(members) ?? ofHttp(members);
}

/** What `readError()` of nestjs-api-errors/client resolves with. */
function ofContract(error: Members): UpstreamAnswer | undefined {
  const { status, code, description, challenges, retryAfter } = error;
  return typeof status === 'number' &&
    typeof code === 'string' &&
    typeof description === 'string' &&
    Array.isArray(challenges)
    ? { status, retryAfter: typeof retryAfter === 'number' ? retryAfter : undefined, body: error }
    : undefined;
}

/** The HTTP statuses of gRPC's, https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const OF_GRPC = [
  200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401,
] as const;

/** How long a server of gRPC wants to be left alone, https://grpc.io/docs/guides/retry/. */
const PUSHBACK = 'grpc-retry-pushback-ms';

function ofGrpc({ code, details, metadata }: Members): UpstreamAnswer | undefined {
  const { getMap } = Object(metadata) as { getMap?: () => Members };
  const status = OF_GRPC[code as number];
  if (status === undefined || typeof details !== 'string' || typeof getMap !== 'function') {
    return undefined;
  }
  const pushback = Number(getMap.call(metadata)[PUSHBACK]);
  const retryAfter = pushback >= 0 ? Math.ceil(pushback / 1000) : undefined;
  return { status, retryAfter, body: undefined };
}

/**
 * Names under which services of AWS throttle, mostly with a 400:
 * https://github.com/smithy-lang/smithy-typescript/blob/main/packages/service-error-classification/src/constants.ts
 */
const THROTTLING = new Set<unknown>([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

function ofAws({ name, $metadata, $retryable, $response }: Members): UpstreamAnswer | undefined {
  const { httpStatusCode } = Object($metadata) as { httpStatusCode?: unknown };
  if (typeof httpStatusCode !== 'number') {
    return undefined;
  }
  const { throttling } = Object($retryable) as { throttling?: unknown };
  const { headers } = Object($response) as { headers?: unknown };
  const isThrottled = throttling === true || THROTTLING.has(name);
  const status = isThrottled ? 429 : httpStatusCode;
  return { status, retryAfter: readRetryAfter(headersOf(headers)), body: undefined };
}

/**
 * An error that has a response, or is one: a status and headers. One of http-errors, which says whether
 * it may be shown, is of this server.
 */
function ofHttp(error: Members): UpstreamAnswer | undefined {
  const from = (isObject(error['response']) ? error['response'] : error) as Members;
  const status = from['status'] ?? from['statusCode'];
  const { headers, data, body } = from;
  return typeof status === 'number' && isObject(headers) && !('expose' in error)
    ? { status, retryAfter: readRetryAfter(headersOf(headers)), body: data ?? body }
    : undefined;
}

/** Headers by `get()`, as fetch and axios have them, or by name, as Node has them. */
function headersOf(headers: unknown): HeaderReader {
  const reader = Object(headers) as Partial<HeaderReader> & Members;
  return {
    get(name) {
      const value = typeof reader.get === 'function' ? reader.get(name) : reader[name];
      return typeof value === 'string' ? value : null;
    },
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
