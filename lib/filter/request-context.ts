import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A request as any adapter, or Node alone, hands it over. @internal */
export interface AnyRequest {
  readonly method?: string;
  readonly url?: string;
  readonly originalUrl?: string;
  readonly headers: IncomingHttpHeaders;
  /** Node's own request, where the adapter wraps it. */
  readonly raw?: object;
  /** The matched route: Express'. */
  readonly route?: { readonly path?: unknown };
  /** The matched route: Fastify's. */
  readonly routeOptions?: { readonly url?: string };
}

/**
 * What may be said of a request in a log: no header, body or query value.
 *
 * @publicApi
 */
export interface RequestContext {
  /** `X-Request-Id` or the trace id of `traceparent` where well-formed, else made. */
  readonly id: string;
  readonly method: string;
  /** Pattern of the matched route, `/books/:isbn`; `undefined` where none matched. */
  readonly route: string | undefined;
}

const SENT_ID = /^[\w.:/+=@-]{1,128}$/;
// version "-" trace-id "-" parent-id "-" flags, W3C Trace Context §3.2
const TRACE_PARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/;

/** One id a request, however many errors it meets. */
const REQUEST_ID = Symbol('nestjs-api-errors:request-id');

/** The context of a request, looked up where it is asked for. @internal */
export class LazyRequestContext implements RequestContext {
  readonly id: string;
  readonly method: string;
  readonly #request: AnyRequest;

  constructor(request: AnyRequest) {
    this.id = requestId(request);
    this.method = request.method ?? '-';
    this.#request = request;
  }

  /** Fastify makes its route options anew each time it is asked for them. */
  get route(): string | undefined {
    const path = this.#request.routeOptions?.url ?? this.#request.route?.path;
    return typeof path === 'string' ? path : undefined;
  }
}

function requestId(request: AnyRequest): string {
  const raw = (request.raw ?? request) as { [REQUEST_ID]?: string };
  return (raw[REQUEST_ID] ??= sentId(request.headers) ?? randomUUID());
}

/** An id that came with the request, unless it is one that a log should not repeat. */
function sentId(headers: IncomingHttpHeaders): string | undefined {
  const id = headers['x-request-id'];
  if (typeof id === 'string' && SENT_ID.test(id)) {
    return id;
  }
  const trace = headers['traceparent'];
  return typeof trace === 'string' ? TRACE_PARENT.exec(trace)?.[1] : undefined;
}
