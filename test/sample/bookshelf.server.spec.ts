import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { bookshelfSuite } from './support/bookshelf.suite.js';
import { type Line, openLine } from './support/line.js';
import { type RunningBookshelf, runBookshelf } from './support/running-bookshelf.js';

const url = process.env['TEST_DATABASE_URL'] ?? '';
// Shown as skipped where no server is named
const describeWithServer = url ? describe : describe.skip;

describeWithServer('bookshelf with the PostgreSQL server of TEST_DATABASE_URL', () => {
  const schemas: string[] = [];

  /** Tables of its own for each part of this file */
  function freshSchema(): string {
    const schema = `bookshelf_test_${randomBytes(6).toString('hex')}`;
    schemas.push(schema);
    return schema;
  }

  afterAll(async () => {
    const client = new Client(url);
    await client.connect();
    await client.query(`drop schema if exists ${schemas.join(', ')} cascade`);
    await client.end();
  });

  describe.each(['express', 'fastify'])('on %s', (adapter) => {
    bookshelfSuite({
      HTTP_ADAPTER: adapter,
      DATABASE_URL: url,
      DATABASE_SCHEMA: freshSchema(),
    });
  });

  test('instances that start at once do not get in the way of each other', async () => {
    const env = { DATABASE_URL: url, DATABASE_SCHEMA: freshSchema() };
    const running = await Promise.all([1, 2, 3].map(() => runBookshelf(env)));
    const answers = await Promise.all(
      running.map(({ client }) => client.call({ method: 'GET', path: '/health' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await Promise.all(running.map(({ app }) => app.close()));
  });

  describe('while the line to the server is cut', () => {
    let line: Line;
    let shelf: RunningBookshelf;

    beforeAll(async () => {
      line = await openLine(url);
      shelf = await runBookshelf({ DATABASE_URL: line.url, DATABASE_SCHEMA: freshSchema() });
    });

    afterAll(async () => {
      await shelf?.app.close();
      await line.close();
    });

    test.each([
      ['a query', { method: 'GET', path: '/books/9780131103627', as: 'reader' }],
      [
        'a transaction',
        { method: 'POST', path: '/loans', as: 'ada', body: { isbn: '9780131103627', days: 7 } },
      ],
    ] as const)('%s is answered with 503 and Retry-After', async (_, call) => {
      expect((await shelf.client.call({ method: 'GET', path: '/health' })).status).toBe(200);
      line.cut();
      const response = await shelf.client.call(call);
      expect(response.status).toBe(503);
      expect(response.headers.get('Retry-After')).toBe('5');
      expect(await response.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      line.mend();
      expect((await shelf.client.call({ method: 'GET', path: '/health' })).status).toBe(200);
    });
  });
});
