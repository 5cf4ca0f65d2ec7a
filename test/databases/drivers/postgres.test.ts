import { PGlite } from '@electric-sql/pglite';
import { MikroORM } from '@mikro-orm/postgresql';
import { drizzle } from 'drizzle-orm/node-postgres';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import knex from 'knex';
import { Model } from 'objection';
import pg from 'pg';
import postgres from 'postgres';
import { Sequelize } from 'sequelize';
import { DataSource } from 'typeorm';
import { column } from '../support/cells.js';
import { embedded, server, TABLES, unmarked } from '../support/postgres.js';

const NO_LISTENER = () => undefined;

/** A connection that the server ends says so to whoever listens. */
function pool(url: string): pg.Pool {
  return new pg.Pool({ connectionString: url }).on('error', NO_LISTENER);
}

column(
  server,
  'pg 8, a client',
  async (url) => {
    const client = new pg.Client(url).on('error', NO_LISTENER);
    await client.connect();
    return { run: (sql) => client.query(sql), close: () => client.end() };
  },
  unmarked,
);

column(
  server,
  'pg 8, a pool',
  (url) => {
    const one = pool(url);
    return { run: (sql) => one.query(sql), close: () => one.end() };
  },
  unmarked,
);

column(
  server,
  'postgres 3',
  (url) => {
    const sql = postgres(url, { max: 1, onnotice: NO_LISTENER });
    return { run: (text) => sql.unsafe(text), close: () => sql.end({ timeout: 0 }) };
  },
  unmarked,
);

async function openPglite(): Promise<PGlite> {
  const client = await PGlite.create();
  for (const sql of TABLES) {
    await client.exec(sql);
  }
  return client;
}

column(embedded, 'PGlite 0.5', async () => {
  const client = await openPglite();
  return { run: (sql) => client.query(sql), close: () => client.close() };
});

column(embedded, 'Drizzle 0.45 with PGlite', async () => {
  const client = await openPglite();
  const db = drizzlePglite(client);
  return { run: (sql) => db.execute(sql), close: () => client.close() };
});

column(server, 'Drizzle 0.45 with pg', (url) => {
  const client = pool(url);
  const db = drizzle(client);
  return { run: (sql) => db.execute(sql), close: () => client.end() };
});

column(server, 'Drizzle 0.45 with postgres', (url) => {
  const client = postgres(url, { max: 1, onnotice: NO_LISTENER });
  const db = drizzlePostgres(client);
  return { run: (sql) => db.execute(sql), close: () => client.end({ timeout: 0 }) };
});

column(
  server,
  'TypeORM 1',
  async (url) => {
    const source = new DataSource({ type: 'postgres', url });
    await source.initialize();
    return { run: (sql) => source.query(sql), close: () => source.destroy() };
  },
  unmarked,
);

column(
  server,
  'MikroORM 6',
  async (url) => {
    const options = new URL(url).searchParams.get('options');
    const orm = await MikroORM.init({
      clientUrl: url,
      entities: [],
      discovery: { warnWhenNoEntities: false },
      driverOptions: { connection: { options } },
    });
    return { run: (sql) => orm.em.getConnection().execute(sql), close: () => orm.close() };
  },
  unmarked,
);

column(server, 'Sequelize 6', (url) => {
  const sequelize = new Sequelize(url, { logging: false });
  return { run: (sql) => sequelize.query(sql), close: () => sequelize.close() };
});

column(
  server,
  'Knex 3',
  (url) => {
    const db = knex({ client: 'pg', connection: url });
    return { run: async (sql) => await db.raw(sql), close: () => db.destroy() };
  },
  unmarked,
);

column(
  server,
  'Objection 3',
  (url) => {
    const db = knex({ client: 'pg', connection: url });
    class Book extends Model {
      static override tableName = 'books';
    }
    const Bound = Book.bindKnex(db);
    return {
      run: async (sql) => await Bound.knexQuery().client.raw(sql),
      close: () => db.destroy(),
    };
  },
  unmarked,
);
