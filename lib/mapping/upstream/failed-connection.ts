/** What a failed connection to another service is answered with. @internal */
export type ConnectionStatus = 502 | 503 | 504;

/**
 * Codes of a service that cannot be reached, breaks off or is too slow: Node's (`man errno`), undici's
 * (https://undici.nodejs.org/#/docs/api/Errors) and those of nats 2.
 */
const CODES: ReadonlyMap<unknown, ConnectionStatus> = new Map([
  ['ECONNREFUSED', 503],
  ['EAI_AGAIN', 503],
  ['ENOTFOUND', 503],
  ['EHOSTUNREACH', 503],
  ['ENETUNREACH', 503],
  ['UND_ERR_CLOSED', 503],
  ['UND_ERR_DESTROYED', 503],
  ['ECONNRESET', 502],
  ['EPIPE', 502],
  ['UND_ERR_SOCKET', 502],
  ['ERR_STREAM_PREMATURE_CLOSE', 502],
  ['ECONNABORTED', 504],
  ['ETIMEDOUT', 504],
  ['ESOCKETTIMEDOUT', 504],
  ['UND_ERR_CONNECT_TIMEOUT', 504],
  ['UND_ERR_HEADERS_TIMEOUT', 504],
  ['UND_ERR_BODY_TIMEOUT', 504],
  ['CONNECTION_REFUSED', 503],
  ['CONNECTION_CLOSED', 503],
  ['CONNECTION_DRAINING', 503],
  ['CONNECTION_TIMEOUT', 504],
  ['DISCONNECT', 502],
] as const);

/** Of nats 2, whose codes alone would say too little. */
const NATS_CODES: ReadonlyMap<unknown, ConnectionStatus> = new Map([
  ['503', 503],
  ['TIMEOUT', 504],
] as const);

/** Errors that have a name of their own, or a class, and no code. */
const NAMES: ReadonlyMap<unknown, ConnectionStatus> = new Map([
  // AbortSignal.timeout(), rxjs, got, the AWS SDK, @nats-io
  ['TimeoutError', 504],
  // openai and the clients made as it is
  ['APIConnectionTimeoutError', 504],
  // @redis/client 5 and 6
  ['ClientClosedError', 503],
  ['ClientOfflineError', 503],
  ['DisconnectsClientError', 503],
  ['SocketClosedUnexpectedlyError', 502],
  ['ConnectionTimeoutError', 504],
  ['SocketTimeoutError', 504],
  // ioredis 5 and 6
  ['MaxRetriesPerRequestError', 503],
  // @nats-io 3
  ['ConnectionError', 503],
  ['ClosedConnectionError', 503],
  ['DrainingConnectionError', 503],
  ['NoResponders', 503],
  ['NoRespondersError', 503],
  // amqplib 0.10 to 2: a channel or a connection that is closed
  ['IllegalOperationError', 503],
  // @nestjs/microservices 11 and 12, over NATS: nobody listens
  ['EmptyResponseException', 503],
] as const);

/** What says it in nothing but its text, which is the same each time. */
const TEXTS: readonly (readonly [RegExp, ConnectionStatus])[] = [
  // @nestjs/microservices 11 and 12: the service, or what is between, broke off
  [/^Connection closed$/, 502],
  // ioredis 5 and 6
  [/^Connection is closed\.$/, 503],
  [/^Command timed out$/, 504],
  // amqplib 0.10 to 2
  [/^connect ETIMEDOUT$/, 504],
  [/^Socket closed abruptly during opening handshake$/, 502],
  [/^(?:Unexpected close|Heartbeat timeout)$/, 502],
  // bullmq 5 and 6, `waitUntilFinished()`
  [
    /^Job wait .{1,200} timed out before finishing, no finish notification arrived after \d+ms/,
    504,
  ],
];

/** First words of what Redis refuses commands with until it is well again. */
const REDIS_REPLY = /^(?:LOADING|BUSY|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|READONLY|NOREPLICAS) /;
const REDIS_ERRORS = new Set<unknown>(['ReplyError', 'ErrorReply', 'SimpleError']);

/** An error, by what is read of it. @internal */
export interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  /** axios': why a request was given up. */
  readonly config?: { readonly signal?: { readonly reason?: unknown } };
}

/**
 * What an error says of a connection: 503 where the service cannot be reached, 502 where it broke off,
 * 504 where it did not answer in time.
 *
 * @returns `undefined` where it says nothing of one
 * @internal
 */
export function connectionStatus(error: ErrorLike): ConnectionStatus | undefined {
  const { code, message, config } = error;
  const names = [error.name, className(error)];
  return (
    CODES.get(code) ??
    (names.includes('NatsError') ? NATS_CODES.get(code) : undefined) ??
    names.map((name) => NAMES.get(name)).find((status) => status !== undefined) ??
    (code === 'ERR_CANCELED' && nameOf(config?.signal?.reason) === 'TimeoutError'
      ? 504
      : undefined) ??
    (names.some((name) => REDIS_ERRORS.has(name)) && REDIS_REPLY.test(String(message))
      ? 503
      : undefined) ??
    TEXTS.find(([text]) => text.test(String(message)))?.[1]
  );
}

/** Of several addresses that were tried, Node keeps an error each. @internal */
export function causeOf({ cause, errors }: ErrorLike): unknown {
  return cause ?? (Array.isArray(errors) ? (errors as unknown[])[0] : undefined);
}

function className(error: object): unknown {
  return (error as { constructor?: { name?: unknown } }).constructor?.name;
}

function nameOf(value: unknown): unknown {
  return (value as { name?: unknown } | null | undefined)?.name;
}
