import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import Libsql from 'libsql';
import type { Client, Fault, Open, Server } from '../support/cells.js';

const TABLES = [
  `create table books (
    isbn text primary key,
    title text not null unique,
    pages int not null constraint books_pages_check check (pages > 0),
    copies int not null default 1 constraint books_copies_check check (copies > 0)
  ) strict`,
  `create unique index books_short_title on books (substr(title, 1, 10))`,
  `create table loans (
    id integer primary key,
    isbn text not null references books (isbn)
  )`,
  `insert into books (isbn, title, pages) values ('1', 'One', 10)`,
];

const FAULTS: readonly Fault[] = [
  {
    title: 'unique, declared',
    becomes: '409 BOOK_ALREADY_EXIST',
    by: `insert into books (isbn, title, pages) values ('1', 'Another', 10)`,
  },
  {
    title: 'unique',
    becomes: '409 ALREADY_EXIST',
    by: `insert into books (isbn, title, pages) values ('2', 'One', 10)`,
  },
  { title: 'foreign key', becomes: '409 CONFLICT', by: `insert into loans values (2, '404')` },
  {
    title: 'not null',
    becomes: '500 INTERNAL_SERVER_ERROR',
    by: `insert into books (isbn, pages) values ('3', 3)`,
  },
  {
    title: 'check, declared',
    becomes: '400 INVALID_BOOK',
    by: `insert into books (isbn, title, pages) values ('4', 'Four', 0)`,
  },
  {
    title: 'check',
    becomes: '500 INTERNAL_SERVER_ERROR',
    by: `insert into books (isbn, title, pages, copies) values ('5', 'Five', 5, 0)`,
  },
  {
    title: 'no number',
    becomes: '400 INVALID_PARAMETER',
    by: `insert into books (isbn, title, pages) values ('7', 'Seven', 'many')`,
  },
  {
    title: 'text too long',
    becomes: '400 LIMIT_EXCEEDED',
    by: `insert into books (isbn, title, pages) values ('6', zeroblob(2000000000), 6)`,
  },
  {
    title: 'locked',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: async (open) => {
      // Two copies of SQLite in one process do not see each other's locks
      const holders = [new Database(server.url), new Libsql(server.url)];
      const other = await open(server.url);
      try {
        for (const holder of holders) {
          holder.exec('begin exclusive');
        }
        await other.run(`insert into books (isbn, title, pages) values ('8', 'Eight', 8)`);
      } finally {
        await other.close();
        for (const holder of holders) {
          holder.close();
        }
      }
    },
  },
  {
    title: 'read-only',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: async (open) => {
      const reader = await open(server.url);
      try {
        await reader.run('pragma query_only = on');
        await reader.run(`insert into books (isbn, title, pages) values ('8', 'Eight', 8)`);
      } finally {
        await reader.close();
      }
    },
  },
  { title: 'no such table', becomes: '500 INTERNAL_SERVER_ERROR', by: 'select * from shelves' },
  { title: 'wrong statement', becomes: '500 INTERNAL_SERVER_ERROR', by: 'selec 1' },
];

const folder = await mkdtemp(join(tmpdir(), 'databases-'));
let count = 0;

/** A file for each client, which the client itself fills. */
export const server: Server & { url: string } = {
  name: 'SQLite',
  url: '',
  unless: '',
  faults: FAULTS,
  async setUp(open: Open) {
    server.url = join(folder, `${(count += 1)}.db`);
    const client: Client = await open(server.url);
    for (const sql of TABLES) {
      await client.run(sql);
    }
    await client.close();
  },
  async tearDown() {
    await rm(server.url, { force: true });
  },
};
