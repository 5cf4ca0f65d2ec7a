import { isErrorCode } from '../../contract/catalogue/error-code.js';
import { isApiException } from '../../contract/exceptions/api.exception.js';
import type { ApiExceptionClass } from '../../contract/exceptions/define-exception.js';
import {
  objectOf,
  type OptionReader,
  type OptionReaders,
  type Read,
  refuseOption,
  that,
  withDefault,
} from '../../contract/options/option-readers.js';

/**
 * What an application answers with where one of its constraints is violated: a class of exceptions, or
 * one with a sentence of its own for people.
 *
 * @publicApi
 */
export type ConstraintError =
  ApiExceptionClass | { readonly exception: ApiExceptionClass; readonly description: string };

/** Constraints of a database by name. @publicApi */
export type ConstraintErrors = Readonly<Record<string, ConstraintError>>;

/** Options of `databaseErrors()`. @publicApi */
export interface DatabaseErrorsOptions<Constraints extends ConstraintErrors = ConstraintErrors> {
  /**
   * What violating a constraint means to a caller. The constraint is named as the database names it in
   * its errors:
   *
   * - PostgreSQL: its name, `books_pkey`; NOT NULL, which has none, `books.title`.
   * - MySQL: a key with its table, `books.isbn_key`, or without; MariaDB: a key without its table,
   *   where every primary key is `PRIMARY`; a foreign key and a CHECK: its name; NOT NULL: the column.
   * - SQLite: the columns, `books.isbn` or `loans.member, loans.isbn`; an index of expressions, a
   *   named CHECK: its name. A foreign key is never told.
   * - SQL Server: its name.
   * - MongoDB: an index with its collection, `books.isbn_1`, or without.
   * - Prisma: as its database, and without a driver adapter the model and the fields, `Book.isbn`.
   *
   * @defaultValue none: 409 ALREADY_EXIST for a row that exists, 409 CONFLICT for a foreign key, 500 for
   * NOT NULL and CHECK
   */
  readonly constraints?: Constraints;
  /**
   * The status of a transaction that another one was in the way of: a deadlock, a lock that was not to
   * be had, a serialisation that failed. 503 has `Retry-After: 1`: nothing is wrong with the request,
   * nothing of it was done, and the same one again succeeds. 409 (RFC 9110 §15.5.10) is for callers who
   * are to look again before they repeat it, as those of an optimistic lock are told in any case.
   *
   * @defaultValue `503`
   */
  readonly contention?: 409 | 503;
  /**
   * The ports of databases. pg and postgres hand on a connection that was refused as Node's own error,
   * which says nothing of a database but its port, and so do TypeORM, MikroORM, Knex and Objection on pg.
   * Other drivers and wrappers leave a mark of theirs, and need none.
   *
   * @defaultValue `[5432]`
   */
  readonly ports?: readonly number[];
}

/** What a constraint's exception is made from. @internal */
export interface DeclaredConstraint {
  readonly exception: ApiExceptionClass;
  readonly description: string | undefined;
}

const readConstraint: OptionReader<DeclaredConstraint> = (given, name) => {
  const { exception, description } = (
    typeof given === 'function' ? { exception: given } : Object(given)
  ) as Partial<DeclaredConstraint>;
  if (
    typeof exception !== 'function' ||
    !isApiException(exception.prototype) ||
    !isErrorCode(exception.code)
  ) {
    refuseOption(
      name,
      "takes a class of exceptions with a code, such as ResourceAlreadyExistException.for('BOOK'), " +
        'or { exception, description }',
    );
  }
  if (description !== undefined && (typeof description !== 'string' || description === '')) {
    refuseOption(`${name}.description`, 'takes a sentence for people');
  }
  return { exception, description };
};

const readConstraints: OptionReader<ReadonlyMap<string, DeclaredConstraint>> = (
  given = {},
  name,
) => {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    refuseOption(name, 'takes an object: the name of a constraint, and a class of exceptions');
  }
  return new Map(
    Object.entries(given).map(([key, value]) => [key, readConstraint(value, `${name}.${key}`)]),
  );
};

const MAX_PORT = 65_535;

const isPort = (port: unknown) =>
  Number.isInteger(port) && Number(port) > 0 && Number(port) <= MAX_PORT;

const readers = {
  constraints: readConstraints,
  contention: withDefault(
    503,
    that<409 | 503>('takes 409 or 503', (given) => given === 409 || given === 503),
  ),
  ports: withDefault(
    [5432],
    that<readonly number[]>(
      `takes an array of ports, 1 to ${MAX_PORT}`,
      (given) => Array.isArray(given) && given.every(isPort),
    ),
  ),
} satisfies OptionReaders<DatabaseErrorsOptions>;

/** The options once they are read. @internal */
export type DatabaseErrorsSettings = Read<typeof readers>;

/** @throws TypeError that names the option and the fix. @internal */
export const readDatabaseErrors = (given: unknown): DatabaseErrorsSettings =>
  objectOf(readers)(given, 'databaseErrors()');
