import { after, before, describe } from 'node:test';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { cells } from '../support/rows.js';
import * as mariadb from '../support/mariadb.js';
import * as postgres from '../support/postgres.js';

/*
 * Transactions that are in each other's way, and statements that take too long, as they happen: two
 * connections to a real server, one step after the other.
 */

const BUSY = '503 SERVICE_UNAVAILABLE';

const nobody = () => Promise.reject(new Error('no client is needed'));

/** Of two that wait for each other one is given up; throws what that one was told. */
async function given(up: readonly PromiseLike<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(up)) {
    if (result.status === 'rejected') {
      throw result.reason;
    }
  }
}

describe('PostgreSQL', { skip: !postgres.server.url && postgres.server.unless }, () => {
  before(() => postgres.server.setUp(nobody));
  after(() => postgres.server.tearDown());

  async function using(
    act: (one: pg.Client, other: pg.Client) => Promise<unknown>,
    config: pg.ClientConfig = {},
  ): Promise<void> {
    const clients = [1, 2].map(
      () => new pg.Client({ connectionString: postgres.server.url!, ...config }),
    );
    // One that the server ends says so
    await Promise.all(clients.map((client) => client.on('error', () => undefined).connect()));
    try {
      await act(clients[0], clients[1]);
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  }

  const rename = (isbn: string, title: string) =>
    `update books set title = '${title}' where isbn = '${isbn}'`;

  cells({
    deadlock: [
      BUSY,
      () =>
        using(async (one, other) => {
          for (const client of [one, other]) {
            await client.query(`set deadlock_timeout = '10ms'`);
            await client.query('begin');
          }
          await one.query(`insert into books values ('a', 'A', 1)`);
          await other.query(`insert into books values ('b', 'B', 1)`);
          await given([
            one.query(`insert into books values ('b', 'C', 1)`),
            other.query(`insert into books values ('a', 'D', 1)`),
          ]);
        }),
    ],
    'serialisation that failed': [
      BUSY,
      () =>
        using(async (one, other) => {
          for (const client of [one, other]) {
            await client.query('begin isolation level repeatable read');
            await client.query('select * from books');
          }
          await one.query(rename('1', 'Uno'));
          await one.query('commit');
          await other.query(rename('1', 'Eins'));
        }),
    ],
    'statement timeout of the server': [
      BUSY,
      () => using((one) => one.query('select pg_sleep(60)'), { statement_timeout: 20 }),
    ],
    'statement timeout of pg, which has no code': [
      BUSY,
      () =>
        using(
          async (one, other) => {
            const { rows } = await one.query<{ pid: number }>('select pg_backend_pid() as pid');
            try {
              await one.query('select pg_sleep(60)');
            } finally {
              await other.query('select pg_terminate_backend($1)', [rows[0].pid]);
            }
          },
          { query_timeout: 200 },
        ),
    ],
  });
});

describe('MariaDB', { skip: !mariadb.server.url && mariadb.server.unless }, () => {
  before(() => mariadb.server.setUp(nobody));
  after(() => mariadb.server.tearDown());

  async function using(
    act: (one: mysql.Connection, other: mysql.Connection) => Promise<unknown>,
  ): Promise<void> {
    const one = await mysql.createConnection(mariadb.server.url!);
    const other = await mysql.createConnection(mariadb.server.url!);
    try {
      await act(one, other);
    } finally {
      await Promise.all([one.end(), other.end()]);
    }
  }

  const add = (isbn: string, title: string) =>
    `insert into books (isbn, title, pages) values ('${isbn}', '${title}', 1)`;

  cells({
    deadlock: [
      BUSY,
      () =>
        using(async (one, other) => {
          await one.query('begin');
          await other.query('begin');
          await one.query(add('a', 'A'));
          await other.query(add('b', 'B'));
          await given([one.query(add('b', 'C')), other.query(add('a', 'D'))]);
        }),
    ],
    'a transaction that only reads': [
      BUSY,
      () =>
        using(async (one) => {
          await one.query('start transaction read only');
          await one.query(add('c', 'C'));
        }),
    ],
  });
});
