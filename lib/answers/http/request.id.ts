import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { type AnyRequest, rawRequest } from '../../nest/request.js';
import { type AnyResponse, rawResponse } from '../../nest/response.js';
import { SafeLogger } from '../../nest/safe-logger.js';

/**
 * The id of a request, where the application knows it by another one than it came with:
 * `ErrorsModule.forRoot({ requestId })`. What is no id, 1 to 128 characters of `A-Z a-z 0-9 _ . : / + = @ -`,
 * is passed over; what it throws is logged and harms no answer.
 *
 * @example `requestId: () => ClsServiceManager.getClsService().getId()`
 * @publicApi
 */
export type RequestIdOf = {
  /**
   * A method, so that an application can name the type of its requests.
   *
   * @param request - the framework's request
   */
  requestId(request: unknown): string | undefined;
}['requestId'];

const ID = /^[\w.:/+=@-]{1,128}$/;
// version "-" trace-id "-" parent-id "-" flags, W3C Trace Context §3.2
const TRACE_PARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/;
/** What Fastify calls its requests unless it is told how: a number, which every process counts anew. */
const FASTIFY_DEFAULT = /^req-[\da-z]+$/;

const REQUEST_ID = Symbol.for('nestjs-api-errors:request-id');

const logger = new SafeLogger();

/**
 * The id under which a request is known already, so that answers and logs agree: what the application
 * says, the `X-Request-Id` that it has set on the response, what its logger or framework counts it as,
 * the `X-Request-Id` or the trace that it came with; else a new one.
 *
 * @internal
 */
export function requestId(
  request: AnyRequest,
  response: AnyResponse,
  idOf: RequestIdOf | undefined,
): string {
  return (
    (idOf && toId(ask(idOf, request))) ??
    // Of an error before this one, too
    toId(response.getHeader('x-request-id')) ??
    countedId(request, response) ??
    sentId(request.headers) ??
    newId(rawResponse(response))
  );
}

/** What is on its way already can't carry it: further errors of that answer have the id of the first. */
function newId(response: ServerResponse & { [REQUEST_ID]?: string }): string {
  return response.headersSent ? (response[REQUEST_ID] ??= randomUUID()) : randomUUID();
}

function ask(idOf: RequestIdOf, request: AnyRequest): unknown {
  try {
    const id: unknown = idOf(request);
    if (id instanceof Promise) {
      id.catch(() => undefined);
    }
    return id;
  } catch (error) {
    logger.error('requestId failed', error);
    return undefined;
  }
}

/**
 * `req.id`: of middleware, of Fastify where it is told how to make it, or pino-http's. What that one
 * has (it keeps its loggers as `res.allLogs`) is what the log lines of the request say, whatever it is, a number for instance.
 */
function countedId(request: AnyRequest, response: AnyResponse): string | undefined {
  const { id } = rawRequest(request) as { id?: unknown };
  const counted = id ?? (request as { id?: unknown }).id;
  if (typeof counted !== 'string' && typeof counted !== 'number') {
    return undefined;
  }
  const isLogged = 'allLogs' in rawResponse(response);
  return isLogged || (typeof counted === 'string' && !FASTIFY_DEFAULT.test(counted))
    ? toId(String(counted))
    : undefined;
}

/** An id that came with the request, unless it is one that a log should not repeat. */
function sentId(headers: IncomingHttpHeaders): string | undefined {
  const trace = headers['traceparent'];
  return (
    toId(headers['x-request-id']) ??
    (typeof trace === 'string' ? TRACE_PARENT.exec(trace)?.[1] : undefined)
  );
}

function toId(value: unknown): string | undefined {
  return typeof value === 'string' && ID.test(value) ? value : undefined;
}
