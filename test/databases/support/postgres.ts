import pg from 'pg';
import { type Fault, once, type Server } from './cells.js';

const SCHEMA = `databases_${process.pid}`;
const ROLE = `${SCHEMA}_nobody`;
const base = process.env['TEST_DATABASE_URL'];

/** The URL with a schema of this process, and as whom. */
function at(url: string, change: (parts: URL) => void = () => {}): string {
  const parts = new URL(url);
  parts.searchParams.set('options', `-c search_path=${SCHEMA}`);
  change(parts);
  return parts.href;
}

export const TABLES = [
  `create table books (
    isbn varchar(13) constraint books_pkey primary key,
    title varchar(20) not null constraint books_title_key unique,
    pages int not null constraint books_pages_check check (pages > 0),
    copies int not null default 1 constraint books_copies_check check (copies > 0)
  )`,
  `create table loans (
    id int primary key,
    isbn varchar(13) not null constraint loans_book_fk references books (isbn),
    renews int constraint loans_renews_fk references loans (id),
    days int4range,
    constraint loans_days_excl exclude using gist (days with &&)
  )`,
  `insert into books values ('1', 'One', 10), ('9', 'Nine', 9)`,
  `insert into loans values (1, '1', null, '[1,9]')`,
];

/** What any PostgreSQL finds wrong, one in the process too. */
export const FAULTS: readonly Fault[] = [
  {
    title: 'unique, declared',
    becomes: '409 BOOK_ALREADY_EXIST',
    by: `insert into books values ('1', 'Another', 10)`,
  },
  {
    title: 'unique',
    becomes: '409 ALREADY_EXIST',
    by: `insert into books values ('2', 'One', 10)`,
  },
  {
    title: 'foreign key, declared',
    becomes: '404 BOOK_NOT_EXIST',
    by: `insert into loans values (2, '404')`,
  },
  {
    title: 'foreign key',
    becomes: '409 CONFLICT',
    by: `insert into loans values (2, '1', 404)`,
  },
  {
    title: 'row that others refer to',
    becomes: '404 BOOK_NOT_EXIST',
    by: `delete from books where isbn = '1'`,
  },
  {
    title: 'exclusion',
    becomes: '409 CONFLICT',
    by: `insert into loans values (3, '1', null, '[5,6]')`,
  },
  { title: 'not null', becomes: '500 INTERNAL_SERVER_ERROR', by: `insert into books values ('3')` },
  {
    title: 'check, declared',
    becomes: '400 INVALID_BOOK',
    by: `insert into books values ('4', 'Four', 0)`,
  },
  {
    title: 'check',
    becomes: '500 INTERNAL_SERVER_ERROR',
    by: `insert into books values ('5', 'Five', 5, 0)`,
  },
  {
    title: 'text too long',
    becomes: '400 LIMIT_EXCEEDED',
    by: `insert into books values ('6', repeat('long ', 9), 6)`,
  },
  {
    title: 'number out of range',
    becomes: '400 OUT_OF_RANGE',
    by: `insert into books values ('7', 'Seven', 7000000000)`,
  },
  { title: 'negative limit', becomes: '400 OUT_OF_RANGE', by: `select * from books limit -1` },
  {
    title: 'no number',
    becomes: '400 INVALID_PARAMETER',
    by: `select * from books where pages = 'many'`,
  },
  { title: 'no date', becomes: '400 INVALID_PARAMETER', by: `select date 'tomorrowish'` },
  { title: 'date that is none', becomes: '400 OUT_OF_RANGE', by: `select date '2026-02-30'` },
  {
    title: 'character that cannot be stored',
    becomes: '400 INVALID_PARAMETER',
    by: `select convert_from('\\x00', 'utf8')`,
  },
  {
    title: 'serialisation',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: `do $$ begin raise sqlstate '40001'; end $$`,
  },
  {
    title: 'read-only',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: `do $$ begin set local transaction_read_only = on; insert into books values ('8', 'Eight', 8); end $$`,
  },
  {
    title: 'no data found',
    becomes: '404 NOT_FOUND',
    by: `do $$ declare one books; begin select * into strict one from books where isbn = '404'; end $$`,
  },
  {
    title: 'no such table',
    becomes: '500 INTERNAL_SERVER_ERROR',
    by: `select * from shelves`,
  },
  { title: 'wrong statement', becomes: '500 INTERNAL_SERVER_ERROR', by: `selec 1` },
  { title: 'division by zero', becomes: '500 INTERNAL_SERVER_ERROR', by: `select 1 / 0` },
];

let holder: pg.Client;

const REFUSED_ELSEWHERE = 'connection refused, at a port that `ports` does not name';

/** For what hands on Node's own error, which says nothing of a database but its port. */
export const unmarked = { [REFUSED_ELSEWHERE]: '500 INTERNAL_SERVER_ERROR' };

/** What only a server does, with connections to it. */
const OF_SERVER: readonly Fault[] = [
  {
    title: 'lock not available',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: `select * from books where isbn = '9' for update nowait`,
  },
  {
    title: 'statement cancelled',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: `select pg_cancel_backend(pg_backend_pid()), pg_sleep(60)`,
  },
  {
    title: 'server shuts down',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: (open) =>
      once(open, server.url!, `select pg_terminate_backend(pg_backend_pid()), pg_sleep(60)`),
  },
  {
    title: 'too many connections',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: (open) =>
      once(
        open,
        at(base!, (url) => (url.username = ROLE)),
        'select 1',
      ),
  },
  {
    title: 'connection refused',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: (open) => once(open, 'postgres://postgres@127.0.0.1:1/test', 'select 1'),
  },
  {
    title: REFUSED_ELSEWHERE,
    becomes: '503 SERVICE_UNAVAILABLE',
    by: (open) => once(open, 'postgres://postgres@127.0.0.1:2/test', 'select 1'),
  },
];

export const server: Server = {
  name: 'PostgreSQL',
  url: base && at(base),
  unless: 'TEST_DATABASE_URL names no server',
  faults: [...FAULTS, ...OF_SERVER],
  async setUp() {
    holder = new pg.Client(server.url);
    await holder.connect();
    await holder.query(`drop schema if exists ${SCHEMA} cascade; create schema ${SCHEMA}`);
    await holder.query(`drop role if exists ${ROLE}; create role ${ROLE} login connection limit 0`);
    for (const sql of TABLES) {
      await holder.query(sql);
    }
    await holder.query('begin');
    await holder.query(`select * from books where isbn = '9' for update`);
  },
  async tearDown() {
    await holder.query('rollback');
    await holder.query(`drop schema ${SCHEMA} cascade; drop role ${ROLE}`);
    await holder.end();
  },
};

/** PostgreSQL in the process, which nobody shuts down. */
export const embedded: Server = {
  name: 'PGlite',
  url: 'memory',
  unless: '',
  faults: FAULTS,
  async setUp() {},
  async tearDown() {},
};
