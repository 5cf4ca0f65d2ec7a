import type { Type } from '@nestjs/common';
import { type ApplicationConfig, MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { handlersOf, type RouteHandler } from './handlers.js';
import { metadataKeys } from './metadata-keys.js';
import { modulePaths } from './module-paths.js';
import { type RouteEnhancers, routeEnhancers } from './route-enhancers.js';
import { type RouteParameter, routeParameters } from './route-parameters.js';
import { type RoutePath, routePaths } from './route-paths.js';

/**
 * The routes of an application: the one place that knows where a handler is, under which paths, and
 * what Nest runs around it. Read once, when it is first asked for anything; to be asked once the
 * application's modules are scanned, and of paths and global enhancers once it is initialised.
 *
 * @internal
 */
export class RouteTable {
  #routes: readonly Route[] | undefined;
  #others: readonly Route[] | undefined;
  // A handler may be inherited by several controllers, hence both keys
  readonly #found = new Map<Type, Map<object, Route>>();

  constructor(
    private readonly modules: ModulesContainer,
    /** `undefined` where it cannot be reached: prefixes, versions and global enhancers are then missing. */
    readonly config: ApplicationConfig | undefined,
  ) {}

  /** Every route, in the order of modules, controllers and methods. */
  get routes(): readonly Route[] {
    return (this.#routes ??= this.#read());
  }

  /** What is called by other transports than HTTP, in the order of modules, classes and methods. */
  get others(): readonly Route[] {
    return (this.#others ??= handlersOf(this.modules)
      .filter(({ operation, isField }) => operation !== undefined || isField)
      .map(
        ({ type, handler, method, operation }) =>
          new Route(type, handler, method, [], this.config, operation ?? 'field'),
      ));
  }

  /** The route of a handler; `undefined` where it has none. */
  find(controller: Type, handler: object): Route | undefined {
    void this.routes;
    return (
      this.#found.get(controller)?.get(handler) ??
      this.others.find((other) => other.controller === controller && other.handler === handler)
    );
  }

  #read(): Route[] {
    const scanner = new MetadataScanner();
    const paths = modulePaths(this.modules);
    return [...paths.keys()].flatMap((controller) => {
      const routes = routeHandlers(controller, scanner).map(
        ([method, handler]) =>
          new Route(controller, handler, method, paths.get(controller)!, this.config),
      );
      this.#found.set(controller, new Map(routes.map((route) => [route.handler, route])));
      return routes;
    });
  }
}

/** What a caller asks for. */
type Operation = Pick<RoutePath, 'method' | 'path'>;

/** One handler, with what is known of it from Nest. Each part is read when it is first asked for. @internal */
export class Route {
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
    /** How another transport than HTTP calls it: by an operation's name, or as a field of a type. */
    readonly operation?: Operation | 'field',
  ) {}

  /** How callers reach it: several ways, where it has several paths or versions. */
  get paths(): readonly RoutePath[] {
    if (this.operation) {
      return this.operation === 'field'
        ? []
        : [{ ...this.operation, unprefixed: this.operation.path }];
    }
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

function routeHandlers(controller: Type, scanner: MetadataScanner): [string, RouteHandler][] {
  const { path } = metadataKeys;
  const prototype = controller.prototype as Record<string, RouteHandler>;
  return path === undefined
    ? []
    : scanner
        .getAllMethodNames(prototype)
        .map((name): [string, RouteHandler] => [name, prototype[name]!])
        .filter(([, handler]) => Reflect.hasMetadata(path, handler));
}
