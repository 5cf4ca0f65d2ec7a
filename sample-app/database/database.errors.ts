import { type HttpException, Injectable } from '@nestjs/common';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import {
  AlreadyExistException,
  type ErrorMapper,
  InvalidParameterException,
  MapErrors,
  ResourceAlreadyExistException,
  ServiceUnavailableException,
} from 'nestjs-api-errors';

/** What PostgreSQL says of an error; both drivers pass it on. */
interface PostgresError extends Error {
  severity: string;
  /** SQLSTATE (PostgreSQL, appendix A) */
  code: string;
  constraint?: string;
}

const UNIQUE_VIOLATION = '23505';
/** Connection lost, server out of resources, server going down. */
const OUTAGE = /^(?:08|53|57P)/;
/** A character that is valid in JSON and not in a text of PostgreSQL: NUL, a lone surrogate. */
const UNSTORABLE_TEXT = /^22(?:021|P02|P05)$/;

/** What the database's errors mean to a caller; the others are bugs, and answered as such. */
@Injectable()
@MapErrors(DrizzleQueryError)
export class DatabaseErrors implements ErrorMapper<DrizzleQueryError> {
  toException(error: DrizzleQueryError): HttpException | undefined {
    const cause = error.cause;
    // Without a word from PostgreSQL the query did not reach it, or its answer did not reach us
    if (!isPostgresError(cause) || OUTAGE.test(cause.code)) {
      return new ServiceUnavailableException({ cause: error, retryAfter: 5 });
    }
    if (cause.code === UNIQUE_VIOLATION) {
      return duplicateOf(cause.constraint, error);
    }
    return UNSTORABLE_TEXT.test(cause.code)
      ? new InvalidParameterException('A text has a character that cannot be stored.', {
          cause: error,
        })
      : undefined;
  }
}

function duplicateOf(constraint: string | undefined, cause: Error): HttpException | undefined {
  switch (constraint) {
    case 'books_pkey':
      return new ResourceAlreadyExistException('BOOK', 'The library has this book.', { cause });
    case 'loans_idempotency_key':
      return new AlreadyExistException('This Idempotency-Key was used before.', { cause });
    default:
      return undefined;
  }
}

function isPostgresError(cause: unknown): cause is PostgresError {
  return cause instanceof Error && 'severity' in cause && 'code' in cause;
}
