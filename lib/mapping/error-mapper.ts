import type { HttpException } from '@nestjs/common';
import { isApiException } from '../contract/exceptions/api.exception.js';
import { isClass } from '../contract/options/is-class.js';

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
   * `@MapErrors()`; with an exception of this library, which is an answer already, only where its
   * class, or one that it extends, is named there: to answer with another one.
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

const MATCHERS = Symbol.for('nestjs-api-errors:map-errors');

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
  return (target) => Reflect.defineMetadata(MATCHERS, matchers, target);
}

/** A mapper with what it is asked about. @internal */
export class Mapping {
  readonly #ofOthers: readonly ErrorPredicate[];
  readonly #ofThisLibrary: readonly ErrorPredicate[];

  /** @throws TypeError where the mapper's class lacks {@link MapErrors}. */
  constructor(readonly mapper: ErrorMapper) {
    const matchers = Reflect.getMetadata(MATCHERS, mapper.constructor) as
      ErrorMatcher[] | undefined;
    if (!matchers) {
      throw new TypeError(
        `mappers: ${mapper.constructor.name} lacks @MapErrors(); name the errors that it maps there.`,
      );
    }
    this.#ofOthers = matchers.map(toPredicate);
    this.#ofThisLibrary = matchers.filter(isOfThisLibrary).map(toPredicate);
  }

  /** Whether it may be asked about exceptions of this library. */
  get mapsThisLibrary(): boolean {
    return this.#ofThisLibrary.length > 0;
  }

  matches(thrown: unknown): boolean {
    const predicates = isApiException(thrown) ? this.#ofThisLibrary : this.#ofOthers;
    return predicates.some((predicate) => predicate(thrown));
  }
}

function toPredicate(matcher: ErrorMatcher): ErrorPredicate {
  return isClass(matcher) ? (error) => error instanceof matcher : matcher;
}

function isOfThisLibrary(matcher: ErrorMatcher): boolean {
  return isClass(matcher) && isApiException(matcher.prototype);
}
