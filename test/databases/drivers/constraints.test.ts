import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { ConflictException, ResourceAlreadyExistException } from 'nestjs-api-errors';
import { databaseErrors } from 'nestjs-api-errors/mappers';
import { checkConstraints } from 'nestjs-api-errors/testing';
import * as mariadb from '../support/mariadb.js';
import * as postgres from '../support/postgres.js';
import { server as sqlite } from './sqlite.js';

/*
 * The check against each database's own catalogue. Nothing but what it says of the tables of the other
 * tests here.
 */

const EXISTS = ResourceAlreadyExistException.for('BOOK');
const none = databaseErrors();

describe(
  'checkConstraints() in MariaDB',
  { skip: !mariadb.server.url && mariadb.server.unless },
  () => {
    let client: mysql.Connection;
    before(async () => {
      await mariadb.server.setUp(() => Promise.reject(new Error('no client is needed')));
      client = await mysql.createConnection(mariadb.server.url!);
    });
    after(async () => {
      await client.end();
      await mariadb.server.tearDown();
    });
    const query = async (sql: string) => (await client.query(sql))[0] as object[];

    it('knows keys with their table and without, and foreign keys', async () => {
      const mapper = databaseErrors({
        constraints: {
          PRIMARY: EXISTS,
          'books.books_title_key': EXISTS,
          books_pages_check: ConflictException,
          loans_book_fk: ConflictException,
          title: ConflictException,
        },
      });
      const check = { dialect: 'mysql', query, except: ['loans_renews_fk'] } as const;
      await checkConstraints(mapper, check);
    });

    it('lists what is missing on either side', async () => {
      const mapper = databaseErrors({ constraints: { books_pkey: EXISTS } });
      await assert.rejects(checkConstraints(mapper, { dialect: 'mysql', query }), {
        message: [
          'The constraints of the database differ:',
          'books.PRIMARY (unique, books) is not declared: it answers 409 ALREADY_EXIST.',
          'books.books_title_key (unique, books) is not declared: it answers 409 ALREADY_EXIST.',
          'books_pkey is named, and the database has no such constraint.',
          'loans.PRIMARY (unique, loans) is not declared: it answers 409 ALREADY_EXIST.',
          'loans_book_fk (foreign key, loans) is not declared: it answers 409 CONFLICT.',
          'loans_renews_fk (foreign key, loans) is not declared: it answers 409 CONFLICT.',
        ].join('\n'),
      });
    });
  },
);

describe(
  'checkConstraints() in PostgreSQL',
  { skip: !postgres.server.url && postgres.server.unless },
  () => {
    let client: pg.Client;
    before(async () => {
      await postgres.server.setUp(() => Promise.reject(new Error('no client is needed')));
      client = new pg.Client(postgres.server.url);
      await client.connect();
    });
    after(async () => {
      await client.end();
      await postgres.server.tearDown();
    });

    it('lists what is missing', async () => {
      const query = async (sql: string) => (await client.query(sql)).rows as object[];
      await assert.rejects(checkConstraints(none, { dialect: 'postgresql', query }), {
        message: [
          'The constraints of the database differ:',
          'books_pkey (unique, books) is not declared: it answers 409 ALREADY_EXIST.',
          'books_title_key (unique, books) is not declared: it answers 409 ALREADY_EXIST.',
          'loans_book_fk (foreign key, loans) is not declared: it answers 409 CONFLICT.',
          'loans_days_excl (exclusion, loans) is not declared: it answers 409 CONFLICT.',
          'loans_pkey (unique, loans) is not declared: it answers 409 ALREADY_EXIST.',
          'loans_renews_fk (foreign key, loans) is not declared: it answers 409 CONFLICT.',
        ].join('\n'),
      });
    });
  },
);

describe('checkConstraints() in SQLite', () => {
  let db: Database.Database;
  before(async () => {
    await sqlite.setUp((url) => {
      const one = new Database(url);
      return { run: async (sql) => one.exec(sql), close: async () => one.close() };
    });
    db = new Database(sqlite.url);
    db.exec('create table shelves (room int, number int, unique (room, number))');
  });
  after(async () => {
    db.close();
    await sqlite.tearDown();
  });
  const query = async (sql: string) => db.prepare(sql).all() as object[];

  it('knows keys by their columns, indexes of expressions and CHECKs by name', async () => {
    const mapper = databaseErrors({
      constraints: {
        'books.isbn': EXISTS,
        'books.title': EXISTS,
        books_short_title: EXISTS,
        books_pages_check: ConflictException,
        'shelves.room, shelves.number': EXISTS,
      },
    });
    await checkConstraints(mapper, { dialect: 'sqlite', query });
  });

  it('lists what is missing', async () => {
    await assert.rejects(checkConstraints(none, { dialect: 'sqlite', query }), {
      message: [
        'The constraints of the database differ:',
        'books.isbn (unique, books) is not declared: it answers 409 ALREADY_EXIST.',
        'books.title (unique, books) is not declared: it answers 409 ALREADY_EXIST.',
        'books_short_title (unique, books) is not declared: it answers 409 ALREADY_EXIST.',
        'shelves.room, shelves.number (unique, shelves) is not declared: it answers 409 ALREADY_EXIST.',
      ].join('\n'),
    });
  });
});
