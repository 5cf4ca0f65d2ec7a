import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { hasNest } from '../support/packages.js';
import { platforms } from '../support/platforms.js';

const fixture = fileURLToPath(new URL('../fixtures/logged-errors.mjs', import.meta.url));

/** What a request left in the log. */
interface Logged {
  /** What is wrong with it: not one entry, at its level, bounded, printable and without secrets. */
  readonly fault?: string;
  readonly status: number;
  readonly requestId: string;
  readonly entries: readonly string[];
  readonly written: string;
}

// nestjs-pino runs on Nest 11.0.8 or newer
const loggers = ['console', 'json', ...(hasNest(11, 1) ? ['pino'] : [])];
const cases = loggers.flatMap((logger) =>
  platforms.map(([platform]) => [logger, platform] as const),
);

describe.each(cases)('the log by %s, on %s', (logger, platform) => {
  let child: ChildProcess;
  let ended: Promise<unknown[]>;
  let names: readonly string[];

  const ask = async (command: string, argument?: unknown): Promise<Logged> => {
    const answer = Promise.race([once(child, 'message'), ended]);
    child.send({ command, argument });
    const [logged] = (await answer) as [Logged | number];
    if (typeof logged !== 'object') {
      throw new Error(`The process ended with ${logged}`);
    }
    return logged;
  };

  beforeAll(async () => {
    child = fork(fixture, [logger, platform], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    ended = once(child, 'exit');
    [{ names }] = (await once(child, 'message')) as [{ names: readonly string[] }];
  });
  afterAll(() => child.disconnect());

  it('has one safe entry for whatever hostile value is thrown', async () => {
    expect(names.length).toBeGreaterThan(30);
    for (const name of names) {
      expect([name, (await ask('hostile', name)).fault]).toEqual([name, undefined]);
    }
  });

  it('has one safe entry for any value that is thrown', async () => {
    expect(await ask('any', 150)).toEqual({});
  });

  it('has one safe entry for any request', async () => {
    for (const path of [
      'books/1%0A[Nest]%201%20%20-%201/1/2026%20%20ERROR%20forged%1B[2K',
      `books/${'%1B'.repeat(3000)}`,
      'nowhere',
      'books/%zz',
    ]) {
      expect((await ask('path', path)).fault).toBeUndefined();
    }
    expect((await ask('body')).fault).toBeUndefined();
  });

  it('tells of the error with its causes', async () => {
    const { entries, requestId } = await ask('example');
    const line =
      'POST /books/fail 500 INTERNAL_SERVER_ERROR: The server failed to process the request. ' +
      `[${requestId}]`;
    if (logger === 'console') {
      expect(entries[0]).toMatch(
        /\nError: query failed\n {4}at [^]*\nCaused by: AggregateError: no server\n {4}at [^]*\nAmong them: Error: connection refused\n {4}at /,
      );
      expect(entries[0]).toContain(line);
      return;
    }
    const entry = JSON.parse(entries[0]!) as Record<string, unknown>;
    const fields = (logger === 'json' ? entry['message'] : entry) as Record<string, unknown>;
    expect(fields).toMatchObject({
      msg: line,
      status: 500,
      code: 'INTERNAL_SERVER_ERROR',
      method: 'POST',
      route: '/books/fail',
      requestId,
      err: { type: 'Error', stack: expect.stringMatching(/^Error: query failed\n {4}at /) },
    });
    expect(JSON.stringify(fields['err'])).toMatch(/no server[^]*connection refused/);
  });

  if (logger === 'pino') {
    it('lets pino-http tell what was thrown', async () => {
      const { written } = await ask('example');
      const lines = written.trim().split('\n');
      const response = lines.map(
        (line) => JSON.parse(line) as { msg: string; err: { message: string } },
      );
      expect(response.find(({ msg }) => msg === 'request errored')!.err.message).toBe(
        'query failed: no server',
      );
    });
  }
});
