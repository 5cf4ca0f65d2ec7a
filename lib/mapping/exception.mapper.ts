import type { HttpException } from '@nestjs/common';
import type { CatalogueEntry } from '../contract/catalogue/catalogue-entry.js';
import { contractRows } from '../contract/catalogue/contract-rows.js';
import { rowForStatus } from '../contract/catalogue/status-rows.js';
import { ApiException, isApiException } from '../contract/exceptions/api.exception.js';
import { suspendStackTraces } from '../contract/exceptions/stack-traces.js';
import { type ErrorMapper, Mapping } from './error-mapper.js';
import { described, type ErrorOrigin, mapHttpException } from './http/nest-exception.mapping.js';
import { asHttpError, isHttpException } from './http/http-shapes.js';
import { isError } from '../contract/exceptions/is-error.js';
import { statusOfHttpError } from '../nest/nest-exceptions.js';
import { SafeLogger } from '../nest/safe-logger.js';
import { isOfService } from './remote/errors-of-services.js';
import { isMissingFile } from './http/stream-errors.js';

/** What was made of something thrown. @internal */
export interface MappedException {
  readonly exception: ApiException;
  /** Whether a mapper made it of another library's error. */
  readonly isForeign: boolean;
}

/** Makes an exception of the catalogue from whatever was thrown. Never throws. @internal */
export class ExceptionMapper {
  readonly #logger = new SafeLogger();
  #mappings: readonly Mapping[] = [];
  /** Those that answer with others than this library's own exceptions. */
  #replacing: readonly Mapping[] = [];

  /** @throws TypeError where a mapper's class lacks `@MapErrors()`. */
  use(mappers: readonly ErrorMapper[]): void {
    this.#mappings = mappers.map((mapper) => new Mapping(mapper));
    this.#replacing = this.#mappings.filter(({ mapsThisLibrary }) => mapsThisLibrary);
  }

  toException(thrown: unknown, origin: ErrorOrigin = {}): MappedException {
    try {
      const mappings = isApiException(thrown) ? this.#replacing : this.#mappings;
      const mapped = this.#mapped(thrown, mappings);
      const isForeign = mapped !== undefined && !isHttpException(thrown);
      return { exception: fallback(mapped ?? thrown, origin), isForeign };
    } catch (error) {
      // A thrown value whose getters throw
      const exception = serverError(contractRows.internalServerError, error);
      return { exception, isForeign: false };
    }
  }

  #mapped(thrown: unknown, mappings: readonly Mapping[]): HttpException | undefined {
    for (const mapping of mappings) {
      const exception = this.#ask(mapping, thrown);
      if (exception) {
        return exception;
      }
    }
    return undefined;
  }

  /** A mapper that fails must not cost the caller the answer. */
  #ask(mapping: Mapping, thrown: unknown): HttpException | undefined {
    const { mapper } = mapping;
    try {
      if (!mapping.matches(thrown)) {
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
  if (isApiException(thrown)) {
    return thrown;
  }
  if (isHttpException(thrown)) {
    return mapHttpException(thrown, origin);
  }
  if (isOfService(thrown)) {
    return serverError(rowForStatus(502), thrown);
  }
  if (origin.isAborted === true) {
    return new ApiException(contractRows.badRequest, { cause: thrown });
  }
  const http = asHttpError(thrown);
  if (http) {
    const message = http.readable ? (thrown as Error).message : undefined;
    return described(rowForStatus(http.status), message, { cause: thrown });
  }
  if (isMissingFile(thrown)) {
    return new ApiException(contractRows.notFound, { cause: thrown });
  }
  return serverError(rowForStatus(statusOfHttpError(thrown) ?? 500), thrown);
}

/** The trace to read is that of the cause; a value that is no error leaves only this one's. */
function serverError(row: CatalogueEntry, cause: unknown): ApiException {
  const restore = isError(cause) ? suspendStackTraces() : undefined;
  try {
    return new ApiException(row, { cause });
  } finally {
    restore?.();
  }
}
