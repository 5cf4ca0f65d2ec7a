import type { HttpException, Type } from '@nestjs/common';

/**
 * Turns errors of one kind, a database driver's for instance, into exceptions. Made by DI and listed
 * in `ErrorsModule.forRoot({ mappers: […] })`; the first that returns an exception wins.
 *
 * @example
 * ```ts
 * @Injectable()
 * @MapErrors(DatabaseError)
 * export class DatabaseErrors implements ErrorMapper<DatabaseError> {
 *   toException(error: DatabaseError) {
 *     return error.code === '23505' ? new AlreadyExistException({ cause: error }) : undefined;
 *   }
 * }
 * ```
 * @publicApi
 */
export interface ErrorMapper<Thrown = unknown> {
  /**
   * Called with what was thrown where it is of the classes, or passes the predicate, of
   * `@MapErrors()`; never with an exception of this library, which is an answer already.
   *
   * @returns the exception to answer with, or `undefined` to leave the error to the next mapper and
   * at last to 500 INTERNAL_SERVER_ERROR
   */
  toException(error: Thrown): HttpException | undefined;
}

/** A class of errors, or a test for them. @publicApi */
export type ErrorMatcher = (abstract new (...args: never[]) => unknown) | ErrorPredicate;

/** Tells the errors that a mapper is asked about. @publicApi */
export type ErrorPredicate = (error: unknown) => boolean;

const MATCHERS = Symbol('nestjs-api-errors:map-errors');

/**
 * Names the errors that an {@link ErrorMapper} is asked about: classes, or predicates.
 *
 * @throws TypeError where nothing is named.
 * @publicApi
 */
export function MapErrors(...matchers: ErrorMatcher[]): ClassDecorator {
  if (matchers.length === 0) {
    throw new TypeError('@MapErrors() names no error; give it a class, such as DatabaseError.');
  }
  const predicates = matchers.map(toPredicate);
  return (target) => Reflect.defineMetadata(MATCHERS, predicates, target);
}

/** The tests of a mapper's class, `undefined` where {@link MapErrors} is missing. @internal */
export function predicatesOf(mapper: Type<ErrorMapper>): ErrorPredicate[] | undefined {
  return Reflect.getMetadata(MATCHERS, mapper) as ErrorPredicate[] | undefined;
}

/** An arrow function has no prototype to be an instance of, a class always has. */
function toPredicate(matcher: ErrorMatcher): ErrorPredicate {
  return isClass(matcher) ? (error) => error instanceof matcher : matcher;
}

function isClass(matcher: ErrorMatcher): matcher is Exclude<ErrorMatcher, ErrorPredicate> {
  const prototype: unknown = matcher.prototype;
  return (
    prototype instanceof Error ||
    prototype === Error.prototype ||
    // A class compiled to a function has methods on its prototype, a predicate has none
    (prototype != null && Object.getOwnPropertyNames(prototype).length > 1) ||
    /^class\b/.test(Function.prototype.toString.call(matcher))
  );
}
