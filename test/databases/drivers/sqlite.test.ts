import { createClient } from '@libsql/client';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { drizzle as drizzleLibsql } from 'drizzle-orm/libsql';
import { sql as raw } from 'drizzle-orm';
import knex from 'knex';
import Libsql from 'libsql';
import { DataSource } from 'typeorm';
import { column } from '../support/cells.js';
import { server } from './sqlite.js';

const now = { timeout: 0 };

column(server, 'better-sqlite3 12', (url) => {
  const db = new Database(url, now);
  return { run: async (sql) => db.exec(sql), close: async () => db.close() };
});

column(server, 'libsql 0.5', (url) => {
  const db = new Libsql(url, now);
  db.exec('pragma foreign_keys = on');
  return { run: async (sql) => db.exec(sql), close: async () => db.close() };
});

column(server, '@libsql/client 0.18', (url) => {
  const db = createClient({ url: `file:${url}` });
  return { run: (sql) => db.execute(sql), close: async () => db.close() };
});

column(server, 'Drizzle 0.45 with better-sqlite3', (url) => {
  const client = new Database(url, now);
  const db = drizzle(client);
  return { run: async (sql) => db.run(raw.raw(sql)), close: async () => client.close() };
});

column(server, 'Drizzle 0.45 with @libsql/client', (url) => {
  const client = createClient({ url: `file:${url}` });
  const db = drizzleLibsql(client);
  return { run: async (sql) => await db.run(raw.raw(sql)), close: async () => client.close() };
});

column(server, 'TypeORM 1 with better-sqlite3', async (url) => {
  const source = new DataSource({ type: 'better-sqlite3', database: url, timeout: 0 });
  await source.initialize();
  return { run: (sql) => source.query(sql), close: () => source.destroy() };
});

column(server, 'Knex 3 with better-sqlite3', (url) => {
  const db = knex({
    client: 'better-sqlite3',
    connection: { filename: url },
    useNullAsDefault: true,
    pool: {
      afterCreate: (one: Database.Database, done: () => void) => {
        one.pragma('busy_timeout = 0');
        done();
      },
    },
  });
  return { run: async (sql) => await db.raw(sql), close: () => db.destroy() };
});
