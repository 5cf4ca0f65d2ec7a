import type { ExceptionFilter, PipeTransform, Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { metadataKeys } from './metadata-keys.js';
import type { Handled } from './handled-requests.guard.js';
import { schemaPipe } from './schema-pipe.js';

/* Where the decorators of @nestjs/websockets, which is no dependency of this package, keep what they say. */
const IS_GATEWAY = 'websockets:is_gateway';
const IS_HANDLER = 'websockets:message_mapping';
const PATTERN = 'message';

/** Whether global pipes run in front of the handlers of gateways: from Nest 12 on, as schemas are known. */
const runsGlobalPipes = schemaPipe !== undefined;

/** The classes of an application's gateways. @internal */
export function gatewaysOf(modules: ModulesContainer): Type[] {
  const types = [...modules.values()]
    .flatMap(({ providers }) => [...providers.values()])
    .map(({ metatype }) => metatype)
    .filter((type) => typeof type === 'function' && Reflect.hasMetadata(IS_GATEWAY, type));
  return [...new Set(types)] as Type[];
}

/** The handler of a gateway that a message comes to. @internal */
export function gatewayHandler(type: Type, pattern: unknown): Handled | undefined {
  const seen = new Set<string>();
  let prototype = type.prototype as object | null;
  for (; prototype !== null; prototype = Object.getPrototypeOf(prototype) as object | null) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (typeof value === 'function' && !seen.has(name) && patternOf(value) === pattern) {
        return { controller: type, handler: value as object };
      }
      seen.add(name);
    }
  }
  return undefined;
}

/** What a handler of a gateway subscribes to; `undefined` for any other method. @internal */
export function patternOf(handler: object): unknown {
  return Reflect.getMetadata(IS_HANDLER, handler) === true
    ? Reflect.getMetadata(PATTERN, handler)
    : undefined;
}

/**
 * Puts a filter on a gateway, which Nest gives no global ones, as if by `@UseFilters()`; as the one
 * that is asked last. Of several applications in a process, the latest one's is there.
 *
 * @returns whether it could
 * @internal
 */
export function addGatewayFilter(type: Type, filter: ExceptionFilter): boolean {
  return prepend(metadataKeys.filters, type, filter);
}

/** Puts a global pipe on a gateway, where Nest does not run it there by itself. @internal */
export function addGatewayPipe(type: Type, pipe: PipeTransform): void {
  if (!runsGlobalPipes) {
    prepend(metadataKeys.pipes, type, pipe);
  }
}

function prepend(key: string | symbol | undefined, type: Type, enhancer: object): boolean {
  if (key === undefined) {
    return false;
  }
  const present = (Reflect.getMetadata(key, type) ?? []) as readonly unknown[];
  const others = present.filter((one) => Object(one).constructor !== enhancer.constructor);
  Reflect.defineMetadata(key, [enhancer, ...others], type);
  return true;
}
