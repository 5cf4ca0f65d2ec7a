import type { Type } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';
import { metadataKeys } from './metadata-keys.js';

/** What Nest runs around a handler: classes, or instances. @internal */
export interface RouteEnhancers {
  readonly guards: readonly unknown[];
  readonly pipes: readonly unknown[];
  readonly interceptors: readonly unknown[];
}

/**
 * The enhancers of a route: the application's, the controller's and the method's. Where the
 * application's configuration cannot be reached, its own are not among them.
 *
 * @internal
 */
export function routeEnhancers(
  controller: Type,
  handler: object,
  config: ApplicationConfig | undefined,
): RouteEnhancers {
  return {
    guards: [
      ...(config?.getGlobalGuards() ?? []),
      ...(config?.getGlobalRequestGuards() ?? []).map(({ metatype }) => metatype),
      ...ownEnhancers('guards', controller, handler),
    ],
    pipes: [
      ...(config?.getGlobalPipes() ?? []),
      ...(config?.getGlobalRequestPipes() ?? []).map(({ metatype }) => metatype),
      ...ownEnhancers('pipes', controller, handler),
    ],
    interceptors: [
      ...(config?.getGlobalInterceptors() ?? []),
      ...(config?.getGlobalRequestInterceptors() ?? []).map(({ metatype }) => metatype),
      ...ownEnhancers('interceptors', controller, handler),
    ],
  };
}

/** What the decorators of a class and of its method name. @internal */
export function ownEnhancers(
  kind: keyof RouteEnhancers,
  controller: Type,
  handler: object,
): unknown[] {
  const key = metadataKeys[kind];
  return key === undefined
    ? []
    : [controller, handler].flatMap(
        (host) => (Reflect.getMetadata(key, host) as unknown[] | undefined) ?? [],
      );
}

/** The class of an enhancer; `undefined` for a plain object. @internal */
export function classOf(enhancer: unknown): Type | undefined {
  const type: unknown =
    typeof enhancer === 'function' ? enhancer : (enhancer as object | null)?.constructor;
  return typeof type === 'function' && type !== Object ? (type as Type) : undefined;
}
