import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request as any adapter, or Node alone, hands it over: by what is read of it here. @internal */
export interface AnyRequest {
  readonly method?: string;
  readonly url?: string;
  /** What was asked for before a router took its part away: Express'. */
  readonly originalUrl?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: unknown;
  /** Node's own request, where the adapter wraps it. */
  readonly raw?: IncomingMessage;
  /** The matched route: Express'. */
  readonly route?: { readonly path?: unknown };
  /** The matched route: Fastify's. */
  readonly routeOptions?: { readonly url?: string };
}

/** Node's own request. The one object that every hook, guard and filter of a request sees. @internal */
export function rawRequest(request: AnyRequest): IncomingMessage {
  return request.raw ?? (request as IncomingMessage);
}

/** The request target as it was sent (RFC 9112 §3.2). @internal */
export function requestTarget(request: AnyRequest): string {
  return request.originalUrl ?? request.url ?? '';
}

/**
 * Pattern of the matched route, `/books/:isbn`; `undefined` where none matched. Fastify makes its
 * route options anew each time it is asked for them.
 *
 * @internal
 */
export function matchedRoute(request: AnyRequest): string | undefined {
  const path = request.routeOptions?.url ?? request.route?.path;
  return typeof path === 'string' ? path : undefined;
}

/** Whether the client went away before its request was whole. @internal */
export function isAborted(request: AnyRequest): boolean {
  const { destroyed, complete } = rawRequest(request);
  return destroyed && !complete;
}

/**
 * The values of a header, line by line: of most that come twice Node keeps the first, or joins them,
 * and says nothing.
 *
 * @param name - in lower case
 * @internal
 */
export function headerLines(request: AnyRequest, name: string): string[] {
  const { rawHeaders } = rawRequest(request);
  const lines: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const found = rawHeaders[i]!;
    if (found.length === name.length && found.toLowerCase() === name) {
      lines.push(rawHeaders[i + 1]!);
    }
  }
  return lines;
}
