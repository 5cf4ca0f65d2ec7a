import { Req, Res } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { parameterCount } from './route-parameters.js';
import type { AnyRequest } from './request.js';
import type { AnyResponse } from './response.js';
import type { Handler } from './handlers.js';
import type { RouteHandler } from './handlers.js';

/** What every copy of this library knows a handler by that another one wrapped. */
const WRAPPED = Symbol.for('nestjs-api-errors:wrapped-event-stream');

type Method = RouteHandler & { [WRAPPED]?: true };
type Wrap = (
  events: Observable<unknown>,
  request: AnyRequest,
  response: AnyResponse,
) => Observable<unknown>;

/**
 * Wraps the events of each handler of server-sent events. Not by an interceptor: behind one, Nest
 * takes any value that a handler returns for an event, and older versions send the head of the stream
 * before pipes have run. The handler is replaced by one that has its metadata, and that Nest hands the
 * request and the response behind its own parameters. To be called before routes are registered, or
 * read.
 *
 * @internal
 */
export function wrapEventStreams(handlers: readonly Handler[], wrap: Wrap): void {
  for (const { type, handler, method } of handlers.filter(({ isEventStream }) => isEventStream)) {
    const owner = ownerOf(type.prototype as object, method);
    const count = parameterCount(type, method);
    // Two controllers may inherit it, and two applications have it
    if (owner && count !== undefined && !owner[method]![WRAPPED]) {
      Req()(owner, method, count);
      Res()(owner, method, count + 1);
      owner[method] = withMetadataOf(handler, wrapped(handler, count, wrap));
    }
  }
}

function wrapped(handler: Method, count: number, wrap: Wrap): Method {
  return function (this: unknown, ...args) {
    const [request, response] = args.slice(count) as [AnyRequest, AnyResponse];
    const result: unknown = handler.apply(this, args.slice(0, count));
    const wrapOne = (events: unknown) =>
      typeof (events as Partial<Observable<unknown>> | null)?.pipe === 'function'
        ? wrap(events as Observable<unknown>, request, response)
        : events;
    return result instanceof Promise ? result.then(wrapOne) : wrapOne(result);
  };
}

function withMetadataOf(original: Method, replacement: Method): Method {
  for (const key of Reflect.getOwnMetadataKeys(original) as unknown[]) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, original), replacement);
  }
  return Object.defineProperties(replacement, {
    name: { value: original.name },
    [WRAPPED]: { value: true },
  });
}

/** Where in the chain of prototypes a method is. */
function ownerOf(prototype: object, method: string): Record<string, Method> | undefined {
  let current = prototype as Record<string, Method> | null;
  while (current && !Object.hasOwn(current, method)) {
    current = Object.getPrototypeOf(current) as Record<string, Method> | null;
  }
  return current ?? undefined;
}
