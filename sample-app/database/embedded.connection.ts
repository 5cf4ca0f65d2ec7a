import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { Connection } from './connection.js';
import { migrationsFolder } from './migrations-folder.js';
import { seed } from './seed.js';

/** PostgreSQL in this process and in memory: nothing to install, nothing left behind. */
export async function openEmbedded(): Promise<Connection> {
  const client = await PGlite.create();
  const queries = drizzle(client);
  await migrate(queries, { migrationsFolder });
  await seed(queries);
  return connectionOf(client);
}

function connectionOf(client: PGlite): Connection {
  return {
    queries: drizzle(client),
    close: () => client.close(),
    async suspend() {
      const loadDataDir = await client.dumpDataDir('none');
      await client.close();
      return async () => connectionOf(await PGlite.create({ loadDataDir }));
    },
  };
}
