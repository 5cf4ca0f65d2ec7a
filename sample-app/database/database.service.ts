import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { CONNECTION, type Connection, type Queries } from './connection.js';

/** The library's database, which can be taken out of service and brought back. */
@Injectable()
export class Database implements OnApplicationShutdown {
  #reopen: Promise<() => Promise<Connection>> | undefined;

  constructor(@Inject(CONNECTION) private connection: Connection) {}

  /** Where queries start. Not to be kept: {@link resume} puts another in its place. */
  get queries(): Queries {
    return this.connection.queries;
  }

  /**
   * Drizzle wraps what a query throws in DrizzleQueryError, but not what getting a connection for a
   * transaction throws.
   */
  async transaction<Result>(work: (tx: Queries) => Promise<Result>): Promise<Result> {
    let begun = false;
    try {
      return await this.queries.transaction((tx) => {
        begun = true;
        return work(tx);
      });
    } catch (error) {
      throw begun ? error : new DrizzleQueryError('begin', [], error as Error);
    }
  }

  /** Closes the database. Until it is resumed, every query fails. */
  async suspend(): Promise<void> {
    this.#reopen ??= this.connection.suspend();
    await this.#reopen;
  }

  /** Opens the database again. */
  async resume(): Promise<void> {
    const reopen = this.#reopen;
    this.#reopen = undefined;
    if (reopen) {
      this.connection = await (await reopen)();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.#reopen) {
      await this.connection.close();
    }
  }
}
