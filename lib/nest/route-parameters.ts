import {
  Body,
  Headers,
  HostParam,
  Ip,
  Next,
  Param,
  Query,
  RawBody,
  Req,
  Res,
  Session,
  type Type,
  UploadedFile,
  UploadedFiles,
} from '@nestjs/common';

/** A parameter of a handler that pipes are run on. @internal */
export interface RouteParameter {
  readonly in: 'body' | 'query' | 'path' | 'other';
  /** Name of the one value that is taken: `id` of `@Param('id')`. */
  readonly name: string | undefined;
  /** Its type as the compiler emitted it, where it did. */
  readonly metatype: unknown;
  /** Its schema, where it has one: `@Body({ schema })` of Nest 12. */
  readonly schema: unknown;
  /** Pipes of the parameter alone: classes, or instances. */
  readonly pipes: readonly unknown[];
}

const decorators: readonly (readonly [ParameterDecorator, RouteParameter['in'] | undefined])[] = [
  [Body(), 'body'],
  [RawBody(), 'body'],
  [UploadedFile(), 'body'],
  [UploadedFiles(), 'body'],
  [Query(), 'query'],
  [Param(), 'path'],
  // Nest runs no pipes on these
  ...[Req(), Res(), Next(), Headers(), Session(), HostParam(), Ip()].map(
    (decorator) => [decorator, undefined] as const,
  ),
];

/** What Nest's decorators write: the key, and by which number each says what it takes. */
const { key: ROUTE_ARGUMENTS, places: PLACES } = learned();

/** Whether what the parameter decorators of Nest say can be read. @internal */
export const canReadParameters = ROUTE_ARGUMENTS !== undefined;

function learned(): {
  key: string | undefined;
  places: ReadonlyMap<string, RouteParameter['in'] | undefined>;
} {
  class Probe {
    method(): void {}
  }
  decorators.forEach(([decorate], index) => decorate(Probe.prototype, 'method', index));
  const [key] = Reflect.getOwnMetadataKeys(Probe, 'method') as string[];
  const written = Object.keys(
    (key === undefined ? undefined : Reflect.getOwnMetadata(key, Probe, 'method')) ?? {},
  );
  const places = new Map(
    written.map((name) => {
      const [type = '', index = ''] = name.split(':');
      return [type, decorators[Number(index)]?.[1]] as const;
    }),
  );
  return { key, places };
}

interface Argument {
  readonly index: number;
  readonly data?: unknown;
  readonly schema?: unknown;
  readonly pipes?: readonly unknown[];
}

/** The parameters of the method of a controller, those of the request itself left out. @internal */
export function routeParameters(controller: Type, method: string): RouteParameter[] {
  const types = Reflect.getMetadata('design:paramtypes', controller.prototype as object, method) as
    readonly unknown[] | undefined;
  return Object.entries(argumentsOf(controller, method)).flatMap(
    ([key, { index, data, schema, pipes = [] }]) => {
      const type = key.slice(0, key.indexOf(':'));
      // What none of Nest's own decorators wrote is one of the application's
      const place = PLACES.has(type) ? PLACES.get(type) : 'other';
      const name = typeof data === 'string' ? data : undefined;
      return place ? [{ in: place, name, metatype: types?.[index], schema, pipes }] : [];
    },
  );
}

/** How many arguments Nest calls a method with; `undefined` where that cannot be told. @internal */
export function parameterCount(controller: Type, method: string): number | undefined {
  if (!canReadParameters) {
    return undefined;
  }
  const indexes = Object.values(argumentsOf(controller, method)).map(({ index }) => index);
  return Math.max(-1, ...indexes) + 1;
}

function argumentsOf(controller: Type, method: string): Readonly<Record<string, Argument>> {
  return ROUTE_ARGUMENTS === undefined
    ? {}
    : ((Reflect.getMetadata(ROUTE_ARGUMENTS, controller, method) as
        Record<string, Argument> | undefined) ?? {});
}
