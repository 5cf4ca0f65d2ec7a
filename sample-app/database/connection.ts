import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** Drizzle over either driver. */
export type Queries = PgDatabase<PgQueryResultHKT>;

/** Token of the {@link Connection} that the database starts with. */
export const CONNECTION = Symbol('CONNECTION');

/** An open database: a PostgreSQL server's, or the one embedded in this process. */
export interface Connection {
  readonly queries: Queries;
  close(): Promise<void>;
  /** Closes, and gives what opens the same data again. */
  suspend(): Promise<() => Promise<Connection>>;
}
