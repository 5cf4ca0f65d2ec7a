import type { Type } from '@nestjs/common';
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { isErrorCode } from '../catalogue/error-code.js';
import { ApiException } from '../exceptions/api.exception.js';
import type { AnyApiExceptionClass } from '../exceptions/define-exception.js';

const THROWS = Symbol('nestjs-api-errors:throws');

/**
 * Declares the errors that a route answers with, or all of a controller's. Declarations add up: those
 * of the class, of the method and of what both inherit from. On the class of a guard, a pipe or an
 * interceptor they are declarations of every route behind it.
 *
 * What the library itself adds to a route needs no declaration: validation, Nest's Parse*Pipes, the
 * bearer guard, body limits, the throttler, 500 INTERNAL_SERVER_ERROR.
 *
 * @example
 * ```ts
 * @Get(':isbn')
 * @Throws(ResourceNotExistException.for('BOOK'), DeletedException)
 * find(@Param('isbn') isbn: string) {}
 * ```
 * @throws TypeError where what is named is no class of exceptions with a code of its own.
 * @publicApi
 */
export function Throws(...exceptions: AnyApiExceptionClass[]): ClassDecorator & MethodDecorator {
  assertDeclarable(exceptions);
  return (target: object, key?: string | symbol) => {
    // Decorators run from the last to the first; declarations are kept as they are read. They are
    // kept by the method's name, as a decorator may put another function in the place of this one.
    const declared = [...exceptions, ...ownDeclarations(target, key)];
    if (key === undefined) {
      Reflect.defineMetadata(THROWS, declared, target);
    } else {
      Reflect.defineMetadata(THROWS, declared, target, key);
    }
  };
}

/** What a class declares, with what its ancestors do. @internal */
export function declarationsOfClass(type: Type): CatalogueEntry[] {
  return lineage(type).flatMap((ancestor) => ownDeclarations(ancestor));
}

/** What a method declares, with what the methods do that it overrides. @internal */
export function declarationsOfMethod(type: Type, method: string): CatalogueEntry[] {
  return lineage(type).flatMap(({ prototype }) => ownDeclarations(prototype as object, method));
}

function ownDeclarations(target: object, key?: string | symbol): readonly AnyApiExceptionClass[] {
  const declared: unknown =
    key === undefined
      ? Reflect.getOwnMetadata(THROWS, target)
      : Reflect.getOwnMetadata(THROWS, target, key);
  return (declared as AnyApiExceptionClass[] | undefined) ?? [];
}

function lineage(type: Type): Type[] {
  const types: Type[] = [];
  for (
    let current: unknown = type;
    typeof current === 'function' && current !== Function.prototype;
    current = Object.getPrototypeOf(current)
  ) {
    types.push(current as Type);
  }
  return types.filter(({ prototype }) => typeof prototype === 'object');
}

function assertDeclarable(exceptions: readonly unknown[]): void {
  if (exceptions.length === 0) {
    throw new TypeError('@Throws() names no exception; give it a class, such as DeletedException.');
  }
  for (const exception of exceptions) {
    if (typeof exception !== 'function' || !(exception.prototype instanceof ApiException)) {
      throw new TypeError(
        `@Throws() takes classes of this library or of defineException(), not ${nameOf(exception)}.`,
      );
    }
    if (!isErrorCode((exception as Partial<AnyApiExceptionClass>).code)) {
      throw new TypeError(
        `@Throws(): ${exception.name} has no code of its own; name its resource, such as ` +
          `${exception.name}.for('BOOK').`,
      );
    }
  }
}

function nameOf(value: unknown): string {
  if (typeof value === 'function') {
    return `the class or function ${value.name || '(anonymous)'}`;
  }
  return value instanceof ApiException
    ? 'an instance: leave out `new`'
    : value === null
      ? 'null'
      : typeof value;
}
