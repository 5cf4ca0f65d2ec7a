import { catchError, type MonoTypeOperatorFunction, throwError } from 'rxjs';
import { keyOf } from '../../contract/catalogue/catalogue-entry.js';
import { contractRows } from '../../contract/catalogue/contract-rows.js';
import { rowForStatus } from '../../contract/catalogue/status-rows.js';
import { ApiException, isApiException } from '../../contract/exceptions/api.exception.js';
import type { ApiExceptionClass } from '../../contract/exceptions/define-exception.js';
import { isError } from '../../contract/exceptions/is-error.js';
import {
  listOf,
  objectOf,
  type OptionReaders,
  withDefault,
} from '../../contract/options/option-readers.js';
import { isClass } from '../../contract/options/is-class.js';
import { causeOf, connectionStatus } from '../upstream/failed-connection.js';
import { answerOf } from '../upstream/upstream.answer.js';
import { noteAsOfService } from './errors-of-services.js';
import { isServiceError, readGrpcError } from './grpc-error.js';
import { type KnownClasses, rebuiltException } from './rebuilt.exception.js';
import { readSentError } from './sent-error.js';

const MAX_CAUSES = 5;

/** Options of `rebuildErrors()`. @publicApi */
export interface RebuildOptions {
  /**
   * Classes of the application's own errors, so that `instanceof` knows them too: of
   * `defineException()`, or of `.for('BOOK')`. A 5xx of these comes back as it was.
   *
   * @example `[LoanOverdueException]`
   * @defaultValue none: they come back as `ApiException`, narrowable by `code`
   */
  readonly exceptions?: readonly ApiExceptionClass[];
}

const read = objectOf({
  exceptions: withDefault(
    [],
    listOf<ApiExceptionClass>('takes classes of exceptions with a code', isExceptionClass),
  ),
} satisfies OptionReaders<RebuildOptions>);

/**
 * Turns what a call of another service fails with into the exception that the service threw: status,
 * code, description, `retryAfter`, `failures` and members, of the library's class for its row. Over
 * Nest's transports of messages and over gRPC alike.
 *
 * - A 4xx is what it was, so that a gateway that throws it on answers its caller with it.
 * - A 5xx is 503 with its `retryAfter`, 504 or 502, with what the service said as its `cause`, for the log.
 * - A service that cannot be reached, breaks off or is too slow is 503, 502 or 504, as `upstreamErrors()`
 *   has it, and so is a text in place of an error 502.
 * - What is of another contract, an object of an `RpcException` or a status of gRPC, stays as it is;
 *   thrown on, it is 502.
 *
 * Put it behind `timeout()`, whose error it reads. Of what a service sends nothing is taken that is not
 * of the right kind and size; it makes no header and no challenge of an answer.
 *
 * @example
 * ```ts
 * this.client.send<Loan>('loans.find', { id }).pipe(timeout(2000), rebuildErrors())
 * ```
 * @throws TypeError where an option is wrong.
 * @publicApi
 */
export function rebuildErrors<T>(options?: RebuildOptions): MonoTypeOperatorFunction<T> {
  const known = knownClasses(options);
  return catchError((error: unknown) => {
    const rebuilt = rebuilding(error, known);
    return throwError(() => rebuilt);
  });
}

/**
 * As {@link rebuildErrors}, of an error in hand: `catch (error) { throw rebuildError(error); }`.
 *
 * @returns the exception, or the error itself where it is not of this contract
 * @throws TypeError where an option is wrong.
 * @publicApi
 */
export function rebuildError(error: unknown, options?: RebuildOptions): unknown {
  return rebuilding(error, knownClasses(options));
}

function knownClasses(options: RebuildOptions | undefined): KnownClasses {
  const { exceptions } = read(options, 'rebuildErrors');
  return new Map(exceptions.map((type) => [keyOf(type), type]));
}

function isExceptionClass(given: unknown): boolean {
  return isClass(given) && isApiException(given.prototype) && 'code' in given;
}

function rebuilding(error: unknown, known: KnownClasses): unknown {
  if (isApiException(error)) {
    return error;
  }
  try {
    return rebuiltError(error, known);
  } catch {
    // One that cannot be read is what it is
    return error;
  }
}

function rebuiltError(error: unknown, known: KnownClasses): unknown {
  if (typeof error !== 'object' || error === null) {
    // A text has nothing to be known by, and is not meant for anyone outside
    return new ApiException(rowForStatus(502), { cause: error });
  }
  if (isServiceError(error)) {
    const sent = readGrpcError(error);
    return sent ? rebuiltException(sent, known) : ofAnotherContract(error);
  }
  if (isError(error)) {
    const status = connectionFault(error);
    return status === undefined ? error : new ApiException(rowForStatus(status), { cause: error });
  }
  const sent = readSentError(error);
  return sent ? rebuiltException(sent, known) : ofAnotherContract(error);
}

/** Of gRPC's statuses two say that there was no answer at all. */
function ofAnotherContract(error: object): unknown {
  const { status, retryAfter } = answerOf(error) ?? {};
  if (isServiceError(error) && status === 503) {
    return new ApiException(contractRows.serviceUnavailable, {
      cause: error,
      ...(retryAfter !== undefined && { retryAfter }),
    });
  }
  if (isServiceError(error) && status === 504) {
    return new ApiException(rowForStatus(504), { cause: error });
  }
  noteAsOfService(error);
  return error;
}

function connectionFault(thrown: object): number | undefined {
  let error: unknown = thrown;
  for (let depth = 0; depth < MAX_CAUSES && typeof error === 'object' && error; depth += 1) {
    const status = connectionStatus(error);
    if (status !== undefined) {
      return status;
    }
    error = causeOf(error);
  }
  return undefined;
}
