import type { HttpException, Type } from '@nestjs/common';
import type { CatalogueEntry } from '../../contract/catalogue/catalogue-entry.js';
import { isErrorCode } from '../../contract/catalogue/error-code.js';
import { rowForStatus } from '../../contract/catalogue/status-rows.js';
import { type ApiException, isApiException } from '../../contract/exceptions/api.exception.js';
import type { AnyApiExceptionClass } from '../../contract/exceptions/define-exception.js';
import type { Refused } from '../../contract/refused.js';
import { statusOfNestException } from '../../nest/nest-exceptions.js';

const THROWS = Symbol.for('nestjs-api-errors:throws');

type AnyClass<Instance> = abstract new (...args: never[]) => Instance;

/** What `@Throws()` takes, with the reason for what it does not. */
type Declarable<Given> = Given extends AnyApiExceptionClass
  ? unknown
  : Given extends AnyClass<ApiException>
    ? Refused<"It has no code of its own; name its resource: .for('BOOK').">
    : Given extends AnyClass<HttpException>
      ? unknown
      : Refused<'@Throws() takes classes of exceptions, not instances and not codes.'>;

/**
 * Declares the errors that a route answers with, or all of a controller's. Declarations add up: those
 * of the class, of the method and of what both inherit from. On the class of a guard, a pipe or an
 * interceptor they are declarations of every route behind it.
 *
 * What the library itself adds to a route needs no declaration: validation, Nest's Parse*Pipes, the
 * bearer guard, body limits, the throttler, 500 INTERNAL_SERVER_ERROR.
 *
 * One of Nest's own exceptions, or a class that extends one, declares the row of its status.
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
export function Throws<const Classes extends readonly unknown[]>(
  ...exceptions: { [Index in keyof Classes]: Classes[Index] & Declarable<Classes[Index]> }
): ClassDecorator & MethodDecorator {
  if (exceptions.length === 0) {
    throw new TypeError('@Throws() names no exception; give it a class, such as DeletedException.');
  }
  const rows = exceptions.map(toRow);
  return (target: object, key?: string | symbol) => {
    // Decorators run from the last to the first; declarations are kept as they are read. They are
    // kept by the method's name, as a decorator may put another function in the place of this one.
    const declared = [...rows, ...ownDeclarations(target, key)];
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

function ownDeclarations(target: object, key?: string | symbol): readonly CatalogueEntry[] {
  const declared: unknown =
    key === undefined
      ? Reflect.getOwnMetadata(THROWS, target)
      : Reflect.getOwnMetadata(THROWS, target, key);
  return (declared as CatalogueEntry[] | undefined) ?? [];
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

/** What a class declares: its own row, or that of its status where it is one of Nest's. */
function toRow(exception: unknown): CatalogueEntry {
  const status = statusOfNestException(exception);
  if (status !== undefined) {
    return rowForStatus(status);
  }
  if (typeof exception !== 'function' || !isApiException(exception.prototype)) {
    throw new TypeError(
      `@Throws() takes classes of this library, of defineException() or of Nest, not ${nameOf(exception)}.`,
    );
  }
  if (!isErrorCode((exception as Partial<AnyApiExceptionClass>).code)) {
    throw new TypeError(
      `@Throws(): ${exception.name} has no code of its own; name its resource, such as ` +
        `${exception.name}.for('BOOK').`,
    );
  }
  return exception as AnyApiExceptionClass;
}

function nameOf(value: unknown): string {
  if (typeof value === 'function') {
    return `the class or function ${value.name || '(anonymous)'}`;
  }
  return isApiException(value)
    ? 'an instance: leave out `new`'
    : value === null
      ? 'null'
      : typeof value;
}
