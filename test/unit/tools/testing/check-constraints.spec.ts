import { PGlite } from '@electric-sql/pglite';
import { ConflictException, ResourceAlreadyExistException } from 'nestjs-api-errors';
import { databaseErrors } from 'nestjs-api-errors/mappers';
import { checkConstraints, type ConstraintCheckOptions } from 'nestjs-api-errors/testing';

/*
 * In PostgreSQL. In MariaDB and SQLite: test/databases/drivers/constraints.test.ts.
 */

let db: PGlite;
beforeAll(async () => {
  db = await PGlite.create();
  await db.exec(`
    create table books (
      isbn text constraint books_pkey primary key,
      title text not null,
      pages int constraint books_pages_check check (pages > 0)
    );
    create unique index books_title on books (lower(title));
    create table loans (
      id uuid primary key default gen_random_uuid(),
      number int generated always as identity unique,
      isbn text constraint loans_book_fk references books
    );
    create schema elsewhere;
    create table elsewhere.books (isbn text constraint elsewhere_pkey primary key);
  `);
});
afterAll(() => db.close());

const options: ConstraintCheckOptions = {
  dialect: 'postgresql',
  query: async (sql) => (await db.query<object>(sql)).rows,
};

const BOOK_EXISTS = ResourceAlreadyExistException.for('BOOK');
const all = {
  books_pkey: BOOK_EXISTS,
  books_title: BOOK_EXISTS,
  'books.title': ConflictException,
  books_pages_check: ConflictException,
  loans_book_fk: ConflictException,
};

describe('checkConstraints', () => {
  it('passes where every unique and foreign key is declared or excepted', async () => {
    const mapper = databaseErrors({ constraints: all });
    const except = ['loans_number_key'];
    await expect(checkConstraints(mapper, { ...options, except })).resolves.toBeUndefined();
  });

  it('lists what is declared and missing, and what is there and undeclared', async () => {
    const mapper = databaseErrors({
      constraints: { books_pk: BOOK_EXISTS, elsewhere_pkey: BOOK_EXISTS },
    });
    await expect(checkConstraints(mapper, options)).rejects.toThrow(
      new Error(
        [
          'The constraints of the database differ:',
          'books_pk is named, and the database has no such constraint.',
          'books_pkey (unique, books) is not declared: it answers 409 ALREADY_EXIST.',
          'books_title (unique, books) is not declared: it answers 409 ALREADY_EXIST.',
          'elsewhere_pkey is named, and the database has no such constraint.',
          'loans_book_fk (foreign key, loans) is not declared: it answers 409 CONFLICT.',
          'loans_number_key (unique, loans) is not declared: it answers 409 ALREADY_EXIST.',
        ].join('\n'),
      ),
    );
  });

  it('an exception that nothing needs is found too', async () => {
    const mapper = databaseErrors({ constraints: all });
    const except = ['loans_number_key', 'loans_pk'];
    await expect(checkConstraints(mapper, { ...options, except })).rejects.toThrow(
      'loans_pk is named, and the database has no such constraint.',
    );
  });

  it.each<[object, string]>([
    [{ ...options, dialect: 'oracle' }, "dialect takes postgresql, mysql, sqlite; got 'oracle'."],
    [{ dialect: 'mysql' }, 'query takes a function of a statement that gives its rows; got'],
  ])('%j is refused', async (given, message) => {
    const check = checkConstraints(databaseErrors(), given as ConstraintCheckOptions);
    await expect(check).rejects.toThrow(message);
  });
});
