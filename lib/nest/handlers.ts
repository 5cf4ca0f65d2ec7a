import type { Type } from '@nestjs/common';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { patternOf } from './gateways.js';
import { messageOperations, PATTERN } from './message-patterns.js';
import { metadataKeys } from './metadata-keys.js';

/**
 * Where the decorators of other transports keep what they say of a method: @nestjs/microservices,
 * @nestjs/websockets and @nestjs/graphql, which are no dependencies of this package.
 */
const OTHER_TRANSPORTS = [PATTERN, 'websockets:message_mapping'];
/** Of a field of the operations: the one of them, and the field where it has a name of its own. */
const OPERATION_TYPE = 'graphql:resolver_type';
const FIELD_NAME = 'graphql:resolver_name';
/** Of a field of any other type. */
const IS_FIELD = 'graphql:resolve_property';

/** A method of a class that Nest calls. @internal */
export type RouteHandler = ((...args: unknown[]) => unknown) & { readonly name: string };

/** DI token of the handlers of an application, see {@link handlersOf}. @internal */
export const HANDLERS = Symbol.for('nestjs-api-errors:handlers');

/** What another transport than HTTP calls, in the place of a method and a path. @internal */
export interface CalledOperation {
  readonly method: string;
  readonly path: string;
}

/** A method of a controller or a provider that a decorator says something of. @internal */
export interface Handler {
  readonly type: Type;
  readonly method: string;
  readonly handler: RouteHandler;
  /**
   * What calls it: HTTP or an operation of GraphQL, which global guards run in front of whatever else an
   * application is, another transport, or what is not known to be anybody outside, a scheduler for
   * instance.
   */
  readonly calledBy: 'http' | 'graphql' | 'other transport' | undefined;
  /** Whether it resolves a field of a type of GraphQL, which guards need to be switched on for. */
  readonly isField: boolean;
  /** How it is called, where that is not by HTTP: `QUERY book`, `WS books.find`, `GRPC Books/Find`. */
  readonly operations: readonly CalledOperation[];
  /** Whether it answers a request with server-sent events. */
  readonly isEventStream: boolean;
}

/**
 * The methods of an application's controllers and providers that a decorator says something of,
 * handlers of every kind among them.
 *
 * @internal
 */
export function handlersOf(modules: ModulesContainer): Handler[] {
  const scanner = new MetadataScanner();
  const controllers = new Set<Type>();
  const providers = new Set<Type>();
  for (const module of modules.values()) {
    collect(module.controllers.values(), controllers);
    collect(module.providers.values(), providers);
  }
  return [...controllers, ...providers].flatMap((type) =>
    decoratedMethods(type, scanner).map(([method, handler, keys]) => ({
      type,
      method,
      handler,
      calledBy: callerOf(keys, controllers.has(type)),
      isField: keys.includes(IS_FIELD),
      operations: operationsOf(method, handler),
      isEventStream: controllers.has(type) && keys.includes(metadataKeys.eventStream),
    })),
  );
}

function collect(wrappers: Iterable<{ readonly metatype: unknown }>, types: Set<Type>): void {
  for (const { metatype } of wrappers) {
    // A factory is a function too
    if (typeof metatype === 'function' && typeof metatype.prototype === 'object') {
      types.add(metatype as Type);
    }
  }
}

type Decorated = readonly [method: string, handler: RouteHandler, keys: readonly unknown[]];

function decoratedMethods(type: Type, scanner: MetadataScanner): Decorated[] {
  const prototype = type.prototype as Record<string, unknown> | null;
  return (prototype ? scanner.getAllMethodNames(prototype) : []).flatMap((name): Decorated[] => {
    const handler = prototype![name];
    const keys: unknown[] =
      typeof handler === 'function' ? Reflect.getOwnMetadataKeys(handler) : [];
    return keys.length > 0 ? [[name, handler as RouteHandler, keys]] : [];
  });
}

function callerOf(keys: readonly unknown[], isOfController: boolean): Handler['calledBy'] {
  if (keys.includes(OPERATION_TYPE)) {
    return 'graphql';
  }
  if (OTHER_TRANSPORTS.some((key) => keys.includes(key))) {
    return 'other transport';
  }
  const { path } = metadataKeys;
  // Where that cannot be told, a controller's are taken for routes
  return isOfController && (path === undefined || keys.includes(path)) ? 'http' : undefined;
}

function operationsOf(method: string, handler: object): CalledOperation[] {
  const type: unknown = Reflect.getMetadata(OPERATION_TYPE, handler);
  if (typeof type === 'string') {
    const name: unknown = Reflect.getMetadata(FIELD_NAME, handler);
    return [{ method: type.toUpperCase(), path: typeof name === 'string' ? name : method }];
  }
  const pattern = patternOf(handler);
  return typeof pattern === 'string'
    ? [{ method: 'WS', path: pattern }]
    : messageOperations(handler).map((called) => ({ method: called.method, path: called.pattern }));
}
