import * as fc from 'fast-check';
import {
  type ApiException,
  ConflictException,
  type ErrorMapper,
  NotFoundException,
  ResourceAlreadyExistException,
} from 'nestjs-api-errors';
import { databaseErrors } from 'nestjs-api-errors/mappers';
import { Mapping } from '../../../../lib/mapping/error-mapper.js';

const BOOK_EXISTS = ResourceAlreadyExistException.for('BOOK');

const mapper = databaseErrors({
  constraints: {
    books_pkey: BOOK_EXISTS,
    'books.isbn': BOOK_EXISTS,
    'books.title': { exception: ConflictException, description: 'A book has a title.' },
    "it's": BOOK_EXISTS,
  },
});
const mapping = new Mapping(mapper);

/** What ErrorsModule makes of it: `500` where the mapper leaves it alone. */
function became(thrown: unknown, by = mapping): string {
  const exception = by.matches(thrown) && by.mapper.toException(thrown);
  return exception ? `${exception.getStatus()} ${(exception as ApiException).code}` : '500';
}

const error = (members: object, message = 'text of the driver') =>
  Object.assign(new Error(message), members);

const postgres = (code: string, members: object = {}, message?: string) =>
  error({ severity: 'ERROR', code, ...members }, message);
const mysql = (errno: number, sqlMessage: string) =>
  error({ errno, code: 'ER_ANY', sqlState: '23000', sqlMessage });
const sqlite = (code: string, message: string) => error({ code }, message);

describe('what is no database’s error is left alone', () => {
  const refused = { code: 'ECONNREFUSED', errno: -111, syscall: 'connect', address: '10.0.0.1' };
  test.each<[string, unknown]>([
    ['a SQLSTATE alone', error({ code: '23505' })],
    ['a SQLSTATE of a body', { code: '23505', severity: 'ERROR', constraint: 'books_pkey' }],
    ['a number alone', error({ errno: 1062 })],
    ['a number of Node’s', error({ errno: -111, sqlState: 'HY000' })],
    ['a code of Prisma’s alone', error({ code: 'P2025' })],
    ['a code of MongoDB’s alone', error({ code: 11000 })],
    ['a number of SQL Server’s alone', error({ number: 2627 })],
    ['a code that looks like SQLite’s', error({ code: 'SQLITEISH' })],
    ['a name alone', Object.assign(new Error(), { name: 'NotFoundError' })],
    ['validation of another library', Object.assign(new Error(), { name: 'ValidationError' })],
    ['a connection refused to another port', error({ ...refused, port: 6379 })],
    ['a connection reset', error({ code: 'ECONNRESET', syscall: 'read' })],
    [
      'fetch that is refused at the port of a database',
      Object.assign(new TypeError('fetch failed'), { cause: error({ ...refused, port: 5432 }) }),
    ],
    [
      'axios that is refused at the port of a database',
      Object.assign(error({ ...refused, port: 5432 }), { name: 'AxiosError' }),
    ],
    [
      'node-fetch that is refused at the port of a database',
      Object.assign(error({ code: 'ECONNREFUSED', errno: 'ECONNREFUSED', type: 'system' }), {
        name: 'FetchError',
      }),
    ],
    ['a text that contains a driver’s', new Error('Saying "Connection terminated" to you')],
    ['nothing', undefined],
    ['a text', '23505'],
  ])('%s', (_, thrown) => {
    expect(became(thrown)).toBe('500');
  });

  test('an exception that wraps a database’s error is the application’s own answer', () => {
    const cause = postgres('23505', { constraint: 'books_pkey' });
    expect(became(new NotFoundException('No such shelf.', { cause }))).toBe('500');
  });
});

describe('a refused connection that nothing marks is the database’s at its ports', () => {
  const refused = (port: number) =>
    error({ code: 'ECONNREFUSED', errno: -111, syscall: 'connect', address: '::1', port });

  test('5432 unless others are named', () => {
    expect(became(refused(5432))).toBe('503 SERVICE_UNAVAILABLE');
    const other = new Mapping(databaseErrors({ ports: [6432] }));
    expect(became(refused(6432), other)).toBe('503 SERVICE_UNAVAILABLE');
    expect(became(refused(5432), other)).toBe('500');
  });

  test('of each address of a name', () => {
    const both = new AggregateError([refused(5432), refused(5432)]);
    expect(became(Object.assign(both, { code: 'ECONNREFUSED' }))).toBe('503 SERVICE_UNAVAILABLE');
  });
});

describe('wrappers', () => {
  const inner = postgres('23505', { constraint: 'books_pkey' });
  const wrapped = (member: string, value: unknown) =>
    Object.assign(new Error('outer'), { [member]: value });

  test.each(['cause', 'driverError', 'originalError', 'parent', 'original', 'nativeError'])(
    '%s',
    (member) => {
      expect(became(wrapped(member, inner))).toBe('409 BOOK_ALREADY_EXIST');
      expect(became(wrapped('cause', wrapped(member, inner)))).toBe('409 BOOK_ALREADY_EXIST');
    },
  );

  test('in circles', () => {
    const one = wrapped('cause', undefined);
    Object.assign(one, { cause: wrapped('parent', one) });
    expect(became(one)).toBe('500');
  });

  test('a long chain is not followed to its end', () => {
    let thrown: Error = inner;
    for (let depth = 0; depth < 100_000; depth += 1) {
      thrown = new Error('one more', { cause: thrown });
    }
    expect(became(thrown)).toBe('500');
  });

  test('getters that throw', () => {
    const hostile = new Proxy(new Error('any'), {
      get: () => {
        throw new Error('read');
      },
    });
    expect(became(wrapped('cause', hostile))).toBe('500');
    const { proxy, revoke } = Proxy.revocable(new Error('any'), {});
    revoke();
    expect(became(Object.assign(wrapped('cause', proxy), { parent: inner }))).toBe(
      '409 BOOK_ALREADY_EXIST',
    );
    const careful = new Error('any');
    for (const name of ['code', 'errno', 'name', 'cause', 'meta', 'errors', 'severity']) {
      Object.defineProperty(careful, name, {
        get: () => {
          throw new Error(name);
        },
      });
    }
    expect(became(careful)).toBe('500');
  });
});

describe('the constraint is named by the database and not by a value', () => {
  test.each<[string, Error, string]>([
    [
      'MySQL 8, with the table',
      mysql(1062, "Duplicate entry '1' for key 'books.books_pkey'"),
      '409 BOOK_ALREADY_EXIST',
    ],
    [
      'MySQL in German',
      mysql(1062, "Doppelter Eintrag '1' für Schlüssel 'books.books_pkey'"),
      '409 BOOK_ALREADY_EXIST',
    ],
    [
      'a value of MySQL that says it',
      mysql(1062, "Duplicate entry '1' for key 'books_pkey' for key 'books.title_key'"),
      '409 ALREADY_EXIST',
    ],
    [
      'a value of PostgreSQL that says it',
      postgres('22P02', {}, 'invalid input syntax for type integer: "books_pkey"'),
      '400 INVALID_PARAMETER',
    ],
    [
      'SQLite',
      sqlite('SQLITE_CONSTRAINT_PRIMARYKEY', 'UNIQUE constraint failed: books.isbn'),
      '409 BOOK_ALREADY_EXIST',
    ],
    [
      'a client of SQLite that gives the primary code alone',
      sqlite('SQLITE_CONSTRAINT', 'SQLITE_CONSTRAINT: UNIQUE constraint failed: loans.id'),
      '409 ALREADY_EXIST',
    ],
    [
      'an index of expressions of SQLite',
      sqlite('SQLITE_CONSTRAINT_UNIQUE', "UNIQUE constraint failed: index 'books_pkey'"),
      '409 BOOK_ALREADY_EXIST',
    ],
    [
      'node:sqlite',
      error({ code: 'ERR_SQLITE_ERROR', errcode: 1555 }, 'UNIQUE constraint failed: books.isbn'),
      '409 BOOK_ALREADY_EXIST',
    ],
    [
      'NOT NULL of PostgreSQL',
      postgres('23502', { table: 'books', column: 'title' }),
      '409 CONFLICT',
    ],
    ['NOT NULL that nobody named', postgres('23502', { table: 'books', column: 'pages' }), '500'],
    [
      'an error that a function of PostgreSQL raised for it',
      postgres('P0001', { constraint: 'books_pkey' }),
      '409 BOOK_ALREADY_EXIST',
    ],
    ['postgres.js', postgres('23505', { constraint_name: 'books_pkey' }), '409 BOOK_ALREADY_EXIST'],
  ])('%s', (_, thrown, expected) => {
    expect(became(thrown)).toBe(expected);
  });

  test.each<[string, object, string]>([
    ['the fields', { target: ['isbn'], modelName: 'books' }, '409 BOOK_ALREADY_EXIST'],
    ['the key', { target: 'books_pkey' }, '409 BOOK_ALREADY_EXIST'],
    ['another key', { target: 'other', modelName: 'Book' }, '409 ALREADY_EXIST'],
  ])('Prisma 6 without a driver adapter, by a documented reply: %s', (_, meta, expected) => {
    const clientVersion = '6.19.3';
    expect(became(error({ code: 'P2002', clientVersion, meta }))).toBe(expected);
  });

  test('Prisma 6 without a driver adapter, by a documented reply: a raw statement', () => {
    const meta = { code: '23505', message: 'Key (isbn)=(1) already exists.' };
    const thrown = error({ code: 'P2010', clientVersion: '6.19.3', meta });
    expect(became(thrown)).toBe('409 ALREADY_EXIST');
  });

  test.each([
    ['23505', 'Key (isbn)=("books_pkey") already exists.', '409 ALREADY_EXIST'],
    ['23505', `Key (isbn)=("${' '.repeat(1_000_000)}) already exists.`, '409 ALREADY_EXIST'],
    [
      '23P01',
      'conflicting key value violates exclusion constraint "rooms_excl"\nDETAIL:  Key (room)=("books_pkey") …',
      '409 CONFLICT',
    ],
    ['23503', `"${' '.repeat(1_000_000)}`, '409 CONFLICT'],
  ])('a caller names no constraint: %s %.60s', (code, message, expected) => {
    const thrown = error({ code: 'P2010', clientVersion: '6.19.3', meta: { code, message } });
    expect(became(thrown)).toBe(expected);
  });

  test('PostgreSQL in German, by a driver adapter', () => {
    const cause = {
      kind: 'postgres',
      originalCode: '23505',
      originalMessage: 'doppelter Schlüsselwert verletzt Unique-Constraint „books_pkey“',
    };
    const thrown = Object.assign(new Error('any'), { name: 'DriverAdapterError', cause });
    expect(became(thrown)).toBe('409 BOOK_ALREADY_EXIST');
  });
});

describe('codes', () => {
  const BUSY = '503 SERVICE_UNAVAILABLE';
  const prisma = (code: string) => error({ code, clientVersion: '7.10.0' });
  const server = (errno: number) => mysql(errno, 'any');
  const mongo = (code: number) => error({ code, hasErrorLabel: () => false });
  const sqlServer = (number: number) => error({ number, class: 16, state: 1 });

  test.each<[string, readonly Error[]]>([
    ['404 NOT_FOUND', ['P2001', 'P2015', 'P2018', 'P2025'].map(prisma)],
    ['409 ALREADY_EXIST', ['P2002'].map(prisma)],
    ['409 CONFLICT', ['P2003', 'P2014'].map(prisma)],
    ['400 LIMIT_EXCEEDED', ['P2000'].map(prisma)],
    ['400 OUT_OF_RANGE', ['P2020', 'P2033'].map(prisma)],
    ['400 INVALID_PARAMETER', ['P2006', 'P2007', 'P2023'].map(prisma)],
    [BUSY, ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037'].map(prisma)],
    ['500', ['P1000', 'P2004', 'P2010', 'P2011', 'P2021', 'P2022', 'P2039'].map(prisma)],
    ['400 OUT_OF_RANGE', ['22003', '22008', '2201W', '2201X'].map((code) => postgres(code))],
    ['400 INVALID_PARAMETER', ['22007', '22021', '22P02'].map((code) => postgres(code))],
    [BUSY, ['08006', '25006', '53300', '55P03', '57014', '57P03'].map((code) => postgres(code))],
    ['500', ['22012', '23502', '23514', '28P01', '3D000', '42P01'].map((code) => postgres(code))],
    ['409 CONFLICT', [1451, 1452].map(server)],
    ['400 LIMIT_EXCEEDED', [1153, 1406].map(server)],
    ['400 OUT_OF_RANGE', [1264, 1690].map(server)],
    ['400 INVALID_PARAMETER', [1292, 1366].map(server)],
    [BUSY, [1040, 1053, 1205, 1213, 1290, 1836, 1317, 3024, 3572].map(server)],
    ['500', [1045, 1048, 1064, 1146, 1364, 3819].map(server)],
    [BUSY, [24, 50, 91, 112, 189, 10107, 11600, 13435].map(mongo)],
    ['500', [2, 13, 121].map(mongo)],
    [BUSY, [1205, 1222, 3960, 3906, 40613].map(sqlServer)],
    ['500', [208, 515, 18456].map(sqlServer)],
  ])('%s', (expected, errors) => {
    expect(errors.map((thrown) => became(thrown))).toEqual(errors.map(() => expected));
  });

  test('an error of SQLite by its name, or by the number of node:sqlite', () => {
    const named = ['SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED_SHAREDCACHE', 'SQLITE_READONLY_DBMOVED'];
    const numbered = [517, 262, 1032].map((errcode) => ({ code: 'ERR_SQLITE_ERROR', errcode }));
    const errors = [...named.map((code) => ({ code })), ...numbered].map((given) => error(given));
    expect(errors.map((thrown) => became(thrown))).toEqual(errors.map(() => BUSY));
    expect(became(error({ code: 'SQLITE_CORRUPT' }))).toBe('500');
  });
});

describe('exceptions', () => {
  const cause = postgres('23502', { table: 'books', column: 'title' });
  const exception = (thrown: Error, by: ErrorMapper = mapper) =>
    by.toException(thrown) as ApiException;

  test('have the sentence that was declared, and what was thrown as their cause', () => {
    expect(exception(cause)).toMatchObject({ description: 'A book has a title.', cause });
  });

  test('of outages say when to come back, of contention sooner', () => {
    expect(exception(postgres('57P01')).retryAfter).toBe(5);
    expect(exception(postgres('40P01')).retryAfter).toBe(1);
  });

  test('of contention are 409 where the application says so, and then nothing to wait for', () => {
    const by = databaseErrors({ contention: 409 });
    const conflict = exception(postgres('40001'), by);
    expect([conflict.getStatus(), conflict.retryAfter]).toEqual([409, undefined]);
  });

  test('whatever a database says, an answer has none of it', () => {
    const text = fc.string({ minLength: 3 });
    const members = fc.record({
      code: fc.constantFrom('23505', '22001', '40001', '57P01', '23503', '22P02', 'P2002'),
      severity: text,
      detail: text,
      table: text,
      constraint: text,
      sqlMessage: text,
      errno: fc.constantFrom(1062, 1406, 1213),
      sqlState: text,
      clientVersion: text,
    });
    const descriptions = new Set<string>();
    fc.assert(
      fc.property(members, text, (given, message) => {
        const made = mapper.toException(error(given, message)) as ApiException | undefined;
        descriptions.add(JSON.stringify([made?.description, made?.headers, made?.members]));
      }),
    );
    expect(descriptions.size).toBeLessThan(8);
  });
});

describe('options', () => {
  test('constraints give the class of each, for @Throws()', () => {
    expect(mapper.constraints.books_pkey).toBe(BOOK_EXISTS);
    expect(mapper.constraints['books.title']).toBe(ConflictException);
  });

  test.each<[object, string]>([
    [
      { constraints: { books_pkey: ResourceAlreadyExistException } },
      "databaseErrors(): constraints.books_pkey takes a class of exceptions with a code, such as ResourceAlreadyExistException.for('BOOK'), or { exception, description }.",
    ],
    [
      { constraints: { books_pkey: new ConflictException() } },
      "databaseErrors(): constraints.books_pkey takes a class of exceptions with a code, such as ResourceAlreadyExistException.for('BOOK'), or { exception, description }.",
    ],
    [
      { constraints: { books_pkey: { exception: ConflictException, description: '' } } },
      'databaseErrors(): constraints.books_pkey.description takes a sentence for people.',
    ],
    [
      { constraints: [] },
      'databaseErrors(): constraints takes an object: the name of a constraint, and a class of exceptions.',
    ],
    [{ contention: 500 }, 'databaseErrors(): contention takes 409 or 503; got 500.'],
    [{ ports: [0] }, 'databaseErrors(): ports takes an array of ports, 1 to 65535; got an array.'],
    [
      { constraint: {} },
      'databaseErrors(): constraint is no option; there are constraints, contention, ports.',
    ],
  ])('%j is refused', (options, message) => {
    expect(() => databaseErrors(options as never)).toThrow(new TypeError(message));
  });
});
