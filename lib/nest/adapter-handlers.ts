import type { AbstractHttpAdapter } from '@nestjs/core';
import { type AnyRequest, rawRequest } from './request.js';

const UNKNOWN_ROUTE = Symbol.for('nestjs-api-errors:unknown-route');
const FRAMEWORK_ERROR = Symbol.for('nestjs-api-errors:framework-error');

type Marked = { [UNKNOWN_ROUTE]?: true; [FRAMEWORK_ERROR]?: unknown };
type Handler = (...args: unknown[]) => unknown;
type SetHandler = (handler: Handler, ...rest: unknown[]) => unknown;

/**
 * Marks the requests that come to the handlers which Nest gives to the adapter once every route is
 * there: that of unknown routes, and that of the framework's errors, of which Nest 11 keeps the text
 * alone. An adapter that takes no such handler marks none: what Nest throws there is then answered
 * like any other exception, with its text.
 *
 * @internal
 */
export function markAdapterHandlers(adapter: AbstractHttpAdapter): void {
  wrap(adapter, 'setNotFoundHandler', ([request]) => {
    markOf(request)[UNKNOWN_ROUTE] = true;
  });
  wrap(adapter, 'setErrorHandler', ([error, request]) => {
    markOf(request)[FRAMEWORK_ERROR] = error;
  });
}

function wrap(
  adapter: AbstractHttpAdapter,
  name: 'setNotFoundHandler' | 'setErrorHandler',
  mark: (args: readonly unknown[]) => void,
): void {
  const target = adapter as unknown as Record<typeof name, SetHandler | undefined>;
  const original = target[name]?.bind(adapter);
  if (!original) {
    return;
  }
  target[name] = (handler, ...rest) => {
    const marking: Handler = (...args) => {
      mark(args);
      return handler(...args);
    };
    // Express goes by the number of parameters
    return original(Object.defineProperty(marking, 'length', { value: handler.length }), ...rest);
  };
}

function markOf(request: unknown): Marked {
  return rawRequest(request as AnyRequest) as Marked;
}

/** Whether no route of the application matched a request. @internal */
export function isUnknownRoute(request: AnyRequest): boolean {
  return markOf(request)[UNKNOWN_ROUTE] === true;
}

/** What the framework, or its middleware, refused a request with. @internal */
export function frameworkError(request: AnyRequest): unknown {
  return markOf(request)[FRAMEWORK_ERROR];
}
