import type { Type } from '@nestjs/common';
import { type ApplicationConfig, MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { metadataKeys } from './metadata-keys.js';
import { messageOperations } from './message-patterns.js';
import { modulePaths } from './module-paths.js';
import { type RouteEnhancers, routeEnhancers } from './route-enhancers.js';
import { type RouteParameter, routeParameters } from './route-parameters.js';
import { type RoutePath, routePaths } from './route-paths.js';

/** A method of a controller that answers requests. @internal */
export type RouteHandler = ((...args: unknown[]) => unknown) & { readonly name: string };

/**
 * The routes of an application, and its handlers of messages: the one place that knows where a handler is, under which paths, and
 * what Nest runs around it. Read once, when it is first asked for anything; to be asked once the
 * application's modules are scanned, and of paths and global enhancers once it is initialised.
 *
 * @internal
 */
export class RouteTable {
  #read: { readonly routes: readonly Route[]; readonly messages: readonly Route[] } | undefined;
  // A handler may be inherited by several controllers, hence both keys
  readonly #found = new Map<Type, Map<object, Route>>();

  constructor(
    private readonly modules: ModulesContainer,
    /** `undefined` where it cannot be reached: prefixes, versions and global enhancers are then missing. */
    readonly config: ApplicationConfig | undefined,
  ) {}

  /** Every route, in the order of modules, controllers and methods. */
  get routes(): readonly Route[] {
    return this.#all().routes;
  }

  /** Every handler of messages, in the same order. */
  get messages(): readonly Route[] {
    return this.#all().messages;
  }

  /** The route, or handler of messages, of a handler; `undefined` where it is neither. */
  find(controller: Type, handler: object): Route | undefined {
    this.#all();
    return this.#found.get(controller)?.get(handler);
  }

  #all() {
    return (this.#read ??= this.#readAll());
  }

  #readAll() {
    const scanner = new MetadataScanner();
    const prefixes = modulePaths(this.modules);
    const all = [...prefixes.keys()].map((controller) => {
      const routes = handlersOf(controller, scanner, isRoute).map(
        ([method, handler]) =>
          new Route(controller, handler, method, prefixes.get(controller)!, this.config),
      );
      const messages = handlersOf(controller, scanner, isMessageHandler).map(
        ([method, handler]) => new MessageRoute(controller, handler, method, [], this.config),
      );
      const found = [...messages, ...routes].map((route) => [route.handler, route] as const);
      this.#found.set(controller, new Map(found));
      return { routes, messages };
    });
    return {
      routes: all.flatMap(({ routes }) => routes),
      messages: all.flatMap(({ messages }) => messages),
    };
  }
}

/** One handler, with what is known of it from Nest. Each part is read when it is first asked for. @internal */
export class Route {
  /** Whether it answers messages, and no requests of HTTP. */
  readonly isOfMessages: boolean = false;
  #paths: readonly RoutePath[] | undefined;
  #parameters: readonly RouteParameter[] | undefined;
  #enhancers: RouteEnhancers | undefined;

  constructor(
    readonly controller: Type,
    readonly handler: RouteHandler,
    /** Its place in the class. The function may have another name, of a decorator that wrapped it. */
    readonly method: string,
    private readonly prefixes: readonly string[],
    private readonly config: ApplicationConfig | undefined,
  ) {}

  /** How callers reach it: several ways, where it has several paths or versions. */
  get paths(): readonly RoutePath[] {
    return (this.#paths ??= this.prefixes.flatMap((prefix) =>
      routePaths(this.controller, this.handler, prefix, this.config),
    ));
  }

  get parameters(): readonly RouteParameter[] {
    return (this.#parameters ??= routeParameters(this.controller, this.method));
  }

  get enhancers(): RouteEnhancers {
    return (this.#enhancers ??= routeEnhancers(this.controller, this.handler, this.config));
  }

  /** As a message names it: `BooksController.find()`. */
  toString(): string {
    return `${this.controller.name}.${this.method}()`;
  }
}

/** A handler of messages: its patterns are its paths, and what surrounds it is as of a route. */
class MessageRoute extends Route {
  override readonly isOfMessages = true;

  override get paths(): readonly RoutePath[] {
    return messageOperations(this.handler).map(({ method, pattern }) => ({
      method,
      path: pattern,
      unprefixed: pattern,
    }));
  }
}

function isRoute(handler: object): boolean {
  const { path } = metadataKeys;
  return path !== undefined && Reflect.hasMetadata(path, handler);
}

function isMessageHandler(handler: object): boolean {
  return messageOperations(handler).length > 0;
}

function handlersOf(
  controller: Type,
  scanner: MetadataScanner,
  is: (handler: object) => boolean,
): [string, RouteHandler][] {
  const prototype = controller.prototype as Record<string, RouteHandler>;
  return scanner
    .getAllMethodNames(prototype)
    .map((name): [string, RouteHandler] => [name, prototype[name]!])
    .filter(([, handler]) => is(handler));
}
