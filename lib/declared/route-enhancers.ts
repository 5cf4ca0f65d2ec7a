import type { Type } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';

/** What Nest runs around a handler: classes, or instances. @internal */
export interface RouteEnhancers {
  readonly guards: readonly unknown[];
  readonly pipes: readonly unknown[];
  readonly interceptors: readonly unknown[];
}

/**
 * The enhancers of a route: the application's, the controller's and the method's.
 *
 * @internal
 */
export function routeEnhancers(
  controller: Type,
  handler: object,
  config: ApplicationConfig | undefined,
): RouteEnhancers {
  const own = (key: string) =>
    [controller, handler].flatMap(
      (host) => (Reflect.getMetadata(key, host) as unknown[] | undefined) ?? [],
    );
  return {
    guards: [
      ...(config?.getGlobalGuards() ?? []),
      ...(config?.getGlobalRequestGuards() ?? []).map(({ metatype }) => metatype),
      ...own('__guards__'),
    ],
    pipes: [
      ...(config?.getGlobalPipes() ?? []),
      ...(config?.getGlobalRequestPipes() ?? []).map(({ metatype }) => metatype),
      ...own('__pipes__'),
    ],
    interceptors: [
      ...(config?.getGlobalInterceptors() ?? []),
      ...(config?.getGlobalRequestInterceptors() ?? []).map(({ metatype }) => metatype),
      ...own('__interceptors__'),
    ],
  };
}

/** The class of an enhancer; `undefined` for a plain object. @internal */
export function classOf(enhancer: unknown): Type | undefined {
  const type: unknown =
    typeof enhancer === 'function' ? enhancer : (enhancer as object | null)?.constructor;
  return typeof type === 'function' && type !== Object ? (type as Type) : undefined;
}
