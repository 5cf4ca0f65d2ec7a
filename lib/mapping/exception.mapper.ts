import type { HttpException } from '@nestjs/common';
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { contractRows } from '../catalogue/contract-rows.js';
import { rowForStatus } from '../catalogue/status-rows.js';
import { ApiException } from '../exceptions/api.exception.js';
import { suspendStackTraces } from '../exceptions/stack-traces.js';
import { type ErrorMapper, type ErrorPredicate, predicatesOf } from './error-mapper.js';
import { type ErrorOrigin, mapHttpException } from './http-exception.mapping.js';
import { asHttpError, isHttpException } from './http-shapes.js';
import { isError } from './is-error.js';
import { SafeLogger } from './safe-logger.js';
import { isMissingFile } from './stream-errors.js';
import { upstreamStatus } from './upstream-errors.js';

interface Mapping {
  readonly mapper: ErrorMapper;
  readonly predicates: readonly ErrorPredicate[];
}

/**
 * Makes an exception of the catalogue from whatever was thrown. Never throws.
 *
 * @internal
 */
export class ExceptionMapper {
  readonly #logger = new SafeLogger();
  #mappings: readonly Mapping[] = [];

  /** @throws TypeError where a mapper's class lacks `@MapErrors()`. */
  use(mappers: readonly ErrorMapper[]): void {
    this.#mappings = mappers.map((mapper) => {
      const type = mapper.constructor as new () => ErrorMapper;
      const predicates = predicatesOf(type);
      if (!predicates) {
        throw new TypeError(
          `mappers: ${type.name} lacks @MapErrors(); name the errors that it maps there.`,
        );
      }
      return { mapper, predicates };
    });
  }

  toException(thrown: unknown, origin: ErrorOrigin = {}): ApiException {
    try {
      if (thrown instanceof ApiException) {
        return thrown;
      }
      return fallback(this.#mapped(thrown) ?? thrown, origin);
    } catch (error) {
      // A thrown value whose getters throw
      return serverError(contractRows.internalServerError, error);
    }
  }

  #mapped(thrown: unknown): HttpException | undefined {
    for (const mapping of this.#mappings) {
      const exception = this.#ask(mapping, thrown);
      if (exception) {
        return exception;
      }
    }
    return undefined;
  }

  /** A mapper that fails must not cost the caller the answer. */
  #ask({ mapper, predicates }: Mapping, thrown: unknown): HttpException | undefined {
    try {
      if (!predicates.some((predicate) => predicate(thrown))) {
        return undefined;
      }
      const exception: unknown = mapper.toException(thrown);
      if (exception === undefined || isHttpException(exception)) {
        return exception;
      }
      Promise.resolve(exception).catch(() => undefined);
      throw new TypeError('toException() returns an HttpException or undefined, and no promise.');
    } catch (error) {
      this.#logger.error(`The mapper ${mapper.constructor.name} failed`, error);
      return undefined;
    }
  }
}

function fallback(thrown: unknown, origin: ErrorOrigin): ApiException {
  if (thrown instanceof ApiException) {
    return thrown;
  }
  if (isHttpException(thrown)) {
    return mapHttpException(thrown, origin);
  }
  if (origin.aborted === true) {
    return new ApiException(contractRows.badRequest, { cause: thrown });
  }
  const http = asHttpError(thrown);
  if (http) {
    const row = rowForStatus(http.status);
    const message = http.readable ? (thrown as Error).message : row.description;
    return new ApiException(row, message, { cause: thrown });
  }
  return isMissingFile(thrown)
    ? new ApiException(contractRows.notFound, { cause: thrown })
    : serverError(rowForStatus(upstreamStatus(thrown) ?? 500), thrown);
}

/** The trace to read is that of the cause; a value that is no error leaves only this one's. */
function serverError(row: CatalogueEntry, cause: unknown): ApiException {
  const restore = isError(cause) ? suspendStackTraces() : undefined;
  const exception = new ApiException(row, { cause });
  restore?.();
  return exception;
}
