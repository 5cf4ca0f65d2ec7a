import type { ApiException } from '../../contract/exceptions/api.exception.js';
import {
  AlreadyExistException,
  ConflictException,
  InvalidParameterException,
  NotFoundException,
  ParameterLimitExceededException,
  ParameterOutOfRangeException,
  ServiceUnavailableException,
} from '../../contract/exceptions/contract.exceptions.js';
import type { ApiExceptionClass } from '../../contract/exceptions/define-exception.js';
import { isError } from '../../contract/exceptions/is-error.js';
import { type ErrorMapper, MapErrors } from '../error-mapper.js';
import { isHttpException } from '../http/http-shapes.js';
import type { FaultKind } from './database-fault.js';
import {
  type ConstraintErrors,
  type DatabaseErrorsOptions,
  type DatabaseErrorsSettings,
  readDatabaseErrors,
} from './database-errors.options.js';
import { databaseFault } from './fault-reader.js';

/** The class that a constraint was declared with. */
type ExceptionOf<Given> = Given extends ApiExceptionClass
  ? Given
  : Given extends { readonly exception: infer Exception }
    ? Exception
    : never;

/** A mapper of databases' errors. @publicApi */
export interface DatabaseErrors<
  Constraints extends ConstraintErrors = ConstraintErrors,
> extends ErrorMapper {
  /** The class of exceptions of each constraint, for `@Throws()`. */
  readonly constraints: { readonly [Name in keyof Constraints]: ExceptionOf<Constraints[Name]> };
}

/**
 * A mapper of what databases, their drivers and ORMs throw, by what those errors carry: SQLSTATE,
 * numbers and codes. Nothing that an error says is in an answer; all of it is in the log.
 *
 * What each driver and ORM tells is in docs/databases.md.
 *
 * @example
 * ```ts
 * export const database = databaseErrors({
 *   constraints: { books_pkey: ResourceAlreadyExistException.for('BOOK') },
 * });
 *
 * ErrorsModule.forRoot({ mappers: [database] });      // 23505 of books_pkey: 409 BOOK_ALREADY_EXIST
 * \@Throws(database.constraints.books_pkey)           // on the route
 * ```
 * @throws TypeError that names the option and the fix.
 * @publicApi
 */
export function databaseErrors<const Constraints extends ConstraintErrors>(
  options: DatabaseErrorsOptions<Constraints> = {},
): DatabaseErrors<Constraints> {
  return new DatabaseErrorMapper(
    readDatabaseErrors(options),
  ) as unknown as DatabaseErrors<Constraints>;
}

/** Seconds until an outage may be over, and until another transaction is. */
const OUTAGE_SECONDS = 5;
const CONTENTION_SECONDS = 1;

const CLASSES: Readonly<
  Record<Exclude<FaultKind, 'contention' | 'unavailable' | 'timeout' | 'bug'>, ApiExceptionClass>
> = {
  unique: AlreadyExistException,
  foreignKey: ConflictException,
  exclusion: ConflictException,
  stale: ConflictException,
  rowMissing: NotFoundException,
  tooLong: ParameterLimitExceededException,
  outOfRange: ParameterOutOfRangeException,
  unreadable: InvalidParameterException,
};

// An exception that wraps a database's error is the application's own answer
@MapErrors((thrown) => isError(thrown) && !isHttpException(thrown))
class DatabaseErrorMapper implements ErrorMapper {
  readonly constraints: Readonly<Record<string, ApiExceptionClass>>;
  readonly #settings: DatabaseErrorsSettings;

  constructor(settings: DatabaseErrorsSettings) {
    this.#settings = settings;
    this.constraints = Object.fromEntries(
      [...settings.constraints].map(([name, { exception }]) => [name, exception]),
    );
  }

  toException(cause: unknown): ApiException | undefined {
    const fault = databaseFault(cause, this.#settings.ports);
    return (
      fault && (this.#ofConstraint(fault.constraints, cause) ?? this.#ofKind(fault.kind, cause))
    );
  }

  #ofConstraint(names: readonly string[], cause: unknown): ApiException | undefined {
    const { constraints } = this.#settings;
    const name = names.find((one) => constraints.has(one));
    const declared = name === undefined ? undefined : constraints.get(name);
    return declared && new declared.exception(declared.description, { cause });
  }

  #ofKind(kind: FaultKind, cause: unknown): ApiException | undefined {
    switch (kind) {
      case 'bug':
        return undefined;
      case 'unavailable':
      case 'timeout':
        return new ServiceUnavailableException({ cause, retryAfter: OUTAGE_SECONDS });
      case 'contention':
        return this.#settings.contention === 503
          ? new ServiceUnavailableException({ cause, retryAfter: CONTENTION_SECONDS })
          : new ConflictException({ cause });
      default:
        return new CLASSES[kind]({ cause });
    }
  }
}
