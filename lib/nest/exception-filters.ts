import type { ArgumentsHost, ExceptionFilter, Type } from '@nestjs/common';
import { type ApplicationConfig, BaseExceptionFilter } from '@nestjs/core';
import { metadataKeys } from './metadata-keys.js';
import { classOf } from './route-enhancers.js';

/**
 * Makes a filter the first of the global ones, which is the one that Nest asks last: whatever an
 * application has of its own, of any scope and registered in any way, comes behind it. Providers are
 * made before any APP_FILTER is applied, hence first is where this adds it.
 *
 * @returns whether it could; otherwise APP_FILTER has to do
 * @internal
 */
export function addGlobalFilter(
  config: ApplicationConfig | undefined,
  filter: ExceptionFilter,
): boolean {
  config?.addGlobalFilter(filter);
  return config !== undefined;
}

/** The classes of an application's global filters, in the order in which they were registered. @internal */
export function globalFilters(config: ApplicationConfig | undefined): Type[] {
  const classes = [
    ...(config?.getGlobalFilters() ?? []),
    ...(config?.getGlobalRequestFilters() ?? []).map(({ metatype }) => metatype),
  ].map(classOf);
  return [...new Set(classes.filter((type) => type !== undefined))];
}

/**
 * Whether a filter is asked about every exception of a class: its `@Catch()` names the class, one that
 * it extends, or nothing. Where what it names cannot be read, it is not said to be.
 *
 * @internal
 */
export function catches(filter: Type, exception: Type): boolean {
  const { catches: key } = metadataKeys;
  if (key === undefined) {
    return false;
  }
  const named = (Reflect.getMetadata(key, filter) ?? []) as readonly unknown[];
  return (
    named.length === 0 ||
    named.some(
      (type) =>
        type === exception || (typeof type === 'function' && exception.prototype instanceof type),
    )
  );
}

/** Whether a filter has Nest's own behind it, for what it does not answer itself. @internal */
export function extendsNestsFilter({ prototype }: Type): boolean {
  return prototype instanceof BaseExceptionFilter;
}

type Catch = (this: unknown, thrown: unknown, host: ArgumentsHost) => unknown;

/** What every copy of this library knows Nest's filter by once another one stands in for it. */
const STANDS_IN = Symbol.for('nestjs-api-errors:stands-in');

/**
 * Stands in for what Nest's own filter answers, wherever a filter that extends it leaves an error to
 * it. One that is used as it is, was chosen for its answer, and gives it.
 *
 * @param answer - `false` where it is not for this one to answer
 * @internal
 */
export function standInForNestsFilter(
  answer: (thrown: unknown, host: ArgumentsHost) => boolean,
): void {
  const prototype = BaseExceptionFilter.prototype as { catch: Catch & { [STANDS_IN]?: true } };
  const original = prototype.catch;
  if (original[STANDS_IN]) {
    return;
  }
  const standIn: Catch = function (thrown, host) {
    const isItself = Object.getPrototypeOf(this) === BaseExceptionFilter.prototype;
    return !isItself && answer(thrown, host) ? undefined : original.call(this, thrown, host);
  };
  prototype.catch = Object.assign(standIn, { [STANDS_IN]: true as const });
}
