import { Logger } from '@nestjs/common';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Pool } from 'pg';
import type { Connection } from './connection.js';
import { migrationsFolder } from './migrations-folder.js';
import { seed } from './seed.js';

/** A PostgreSQL server, which may be shared: all tables are in one schema of their own. */
export async function openServer(url: string, schema: string): Promise<Connection> {
  const pool = openPool(url, schema);
  try {
    await prepare(pool, schema);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return connectionOf(pool, () => openPool(url, schema));
}

function openPool(url: string, schema: string): Pool {
  const pool = new Pool({
    connectionString: url,
    options: `-c search_path=${schema}`,
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
    allowExitOnIdle: true,
  });
  // Without a listener, a server that closes an idle connection would end the process
  const logger = new Logger('Database');
  pool.on('error', (error) => logger.warn(`An idle connection was lost: ${error.message}`));
  return pool;
}

function connectionOf(pool: Pool, reopen: () => Pool): Connection {
  return {
    queries: drizzle(pool),
    close: () => pool.end(),
    async suspend() {
      await pool.end();
      return async () => connectionOf(reopen(), reopen);
    },
  };
}

/** The lock lets one of several instances that start at once migrate, and the others wait. */
async function prepare(pool: Pool, schema: string): Promise<void> {
  const client = await pool.connect();
  const queries = drizzle(client);
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [schema]);
    await migrate(queries, { migrationsFolder, migrationsSchema: schema });
    await seed(queries);
  } finally {
    // Closing the connection gives the lock back, whatever state it is in
    client.release(true);
  }
}
