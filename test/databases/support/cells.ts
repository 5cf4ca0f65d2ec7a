import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { became } from './api.js';

/** A driver, or what applications use one through, on a server of its own. */
export interface Client {
  /** Runs a statement. */
  run(sql: string): Promise<unknown>;
  close(): Promise<unknown>;
}

/** Opens a client; connects when it is first used, or at once. */
export type Open = (url: string) => Promise<Client> | Client;

/** What a fault is, on a server: what is done, and what it becomes. */
export interface Fault {
  readonly title: string;
  readonly becomes: string;
  /** A statement; or what is done with a client, or with how it is opened. */
  readonly by: string | ((open: Open) => Promise<unknown>);
}

export interface Server {
  readonly name: string;
  /** Where it is; `undefined` where no environment variable says so. */
  readonly url: string | undefined;
  /** Says how the server comes to be asked. */
  readonly unless: string;
  readonly faults: readonly Fault[];
  setUp(open: Open): Promise<void>;
  tearDown(): Promise<void>;
}

/**
 * A column of the table: a client × the faults of its server. Where a client tells less than the
 * server did, `differs` says what a fault becomes instead.
 */
export function column(
  server: Server,
  name: string,
  open: Open,
  differs: Readonly<Record<string, string>> = {},
): void {
  const skip = server.url === undefined && server.unless;
  describe(`${name} on ${server.name}`, { skip }, () => {
    let client: Client;
    before(async () => {
      await server.setUp(open);
      client = await open(server.url!);
    });
    after(async () => {
      await client?.close();
      await server.tearDown();
    });
    for (const { title, becomes, by } of server.faults) {
      const expected = differs[title] ?? becomes;
      it(`${title} → ${expected}`, async () => {
        const { answer, log } = await became(() =>
          typeof by === 'string' ? client.run(by) : by(open),
        );
        assert.equal(answer, expected, log);
      });
    }
    const unknown = Object.keys(differs).filter(
      (title) => !server.faults.some((fault) => fault.title === title),
    );
    assert.deepEqual(unknown, [], 'names faults that there are not');
  });
}

/** Opens a client for one statement alone. */
export async function once(open: Open, url: string, sql: string): Promise<void> {
  const client = await open(url);
  try {
    await client.run(sql);
  } finally {
    await client.close().then(undefined, () => undefined);
  }
}
