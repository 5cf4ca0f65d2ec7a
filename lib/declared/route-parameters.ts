import type { Type } from '@nestjs/common';

/** A parameter of a handler that pipes are run on. @internal */
export interface RouteParameter {
  readonly in: 'body' | 'query' | 'path' | 'other';
  /** Its type as the compiler emitted it, where it did. */
  readonly metatype: unknown;
  /** Pipes of the parameter alone: classes, or instances. */
  readonly pipes: readonly unknown[];
}

/** Where Nest keeps what `@Body()` and its like say, by the class and the method's name. */
const ROUTE_ARGUMENTS = '__routeArguments__';
const CUSTOM = '__customRouteArgs__';
const PARAMETER_TYPES = 'design:paramtypes';

/** Nest's numbers (RouteParamtypes) of what it runs pipes on; others arrive as they are. */
const LOCATIONS: Readonly<Record<number, RouteParameter['in']>> = {
  3: 'body',
  4: 'query',
  5: 'path',
  8: 'body',
  9: 'body',
  12: 'body',
  14: 'other',
  15: 'other',
};

interface Argument {
  readonly index: number;
  readonly pipes?: readonly unknown[];
}

/** The parameters of the method of a controller, those of the request itself left out. @internal */
export function routeParameters(controller: Type, method: string): RouteParameter[] {
  const args = (Reflect.getMetadata(ROUTE_ARGUMENTS, controller, method) ?? {}) as Readonly<
    Record<string, Argument>
  >;
  const types = Reflect.getMetadata(PARAMETER_TYPES, controller.prototype as object, method) as
    readonly unknown[] | undefined;
  return Object.entries(args).flatMap(([key, { index, pipes = [] }]) => {
    const location = key.includes(CUSTOM) ? 'other' : LOCATIONS[Number.parseInt(key, 10)];
    return location ? [{ in: location, metatype: types?.[index], pipes }] : [];
  });
}
