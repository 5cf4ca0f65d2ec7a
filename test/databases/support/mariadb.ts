import mysql from 'mysql2/promise';
import { type Fault, once, type Server } from './cells.js';

const DATABASE = `databases_${process.pid}`;
const base = process.env['TEST_MYSQL_URL'];

function at(url: string, change: (parts: URL) => void = () => {}): string {
  const parts = new URL(url);
  parts.pathname = DATABASE;
  change(parts);
  return parts.href;
}

const TABLES = [
  `create table books (
    isbn varchar(13) primary key,
    title varchar(20) not null,
    pages int not null,
    copies int not null default 1,
    published date,
    constraint books_title_key unique (title),
    constraint books_pages_check check (pages > 0),
    constraint books_copies_check check (copies > 0)
  )`,
  `create table loans (
    id int primary key,
    isbn varchar(13) not null,
    renews int,
    constraint loans_book_fk foreign key (isbn) references books (isbn),
    constraint loans_renews_fk foreign key (renews) references loans (id)
  )`,
  `insert into books (isbn, title, pages) values ('1', 'One', 10), ('9', 'Nine', 9)`,
  `insert into loans values (1, '1', null)`,
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
  {
    title: 'foreign key, declared',
    becomes: '404 BOOK_NOT_EXIST',
    by: `insert into loans values (2, '404', null)`,
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
    title: 'not null',
    becomes: '500 INTERNAL_SERVER_ERROR',
    by: `insert into books (isbn, title, pages) values ('3', null, 3)`,
  },
  {
    title: 'no default',
    becomes: '500 INTERNAL_SERVER_ERROR',
    by: `insert into books (isbn) values ('3')`,
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
    title: 'text too long',
    becomes: '400 LIMIT_EXCEEDED',
    by: `insert into books (isbn, title, pages) values ('6', repeat('long ', 9), 6)`,
  },
  {
    title: 'number out of range',
    becomes: '400 OUT_OF_RANGE',
    by: `insert into books (isbn, title, pages) values ('7', 'Seven', 7000000000)`,
  },
  {
    title: 'sum out of range',
    becomes: '400 OUT_OF_RANGE',
    by: `select 18446744073709551615 + 1 from books`,
  },
  {
    title: 'no number',
    becomes: '400 INVALID_PARAMETER',
    by: `insert into books (isbn, title, pages) values ('7', 'Seven', 'many')`,
  },
  {
    title: 'no date',
    becomes: '400 INVALID_PARAMETER',
    by: `insert into books (isbn, title, pages, published) values ('7', 'Seven', 7, 'tomorrowish')`,
  },
  {
    title: 'lock not available',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: `select * from books where isbn = '9' for update nowait`,
  },
  {
    title: 'statement cancelled',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: `kill query connection_id()`,
  },
  {
    title: 'statement timeout',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: `set statement max_statement_time = 0.01 for select count(*) from information_schema.columns a, information_schema.columns b, information_schema.columns c`,
  },
  {
    title: 'deadlock',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: `signal sqlstate '40001' set mysql_errno = 1213`,
  },
  {
    title: 'read-only',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: `signal sqlstate 'HY000' set mysql_errno = 1290`,
  },
  {
    title: 'server shuts down',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: (open) => once(open, server.url!, 'kill connection_id()'),
  },
  {
    title: 'connection refused',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: (open) =>
      once(
        open,
        at(base!, (url) => (url.port = '2')),
        'select 1',
      ),
  },
  { title: 'no such table', becomes: '500 INTERNAL_SERVER_ERROR', by: 'select * from shelves' },
  { title: 'wrong statement', becomes: '500 INTERNAL_SERVER_ERROR', by: 'selec 1' },
];

let holder: mysql.Connection;

export const server: Server = {
  name: 'MariaDB',
  url: base && at(base),
  unless: 'TEST_MYSQL_URL names no server',
  faults: FAULTS,
  async setUp() {
    holder = await mysql.createConnection(base!);
    await holder.query(`drop database if exists ${DATABASE}`);
    await holder.query(`create database ${DATABASE}`);
    await holder.query(`use ${DATABASE}`);
    for (const sql of TABLES) {
      await holder.query(sql);
    }
    await holder.query('begin');
    await holder.query(`select * from books where isbn = '9' for update`);
  },
  async tearDown() {
    await holder.query('rollback');
    await holder.query(`drop database ${DATABASE}`);
    await holder.end();
  },
};
