import { randomUUID } from 'node:crypto';
import { Ajv } from 'ajv';
import { causes } from '../../../sample-app/tour/causes.js';
import { missingFrom } from '../../../sample-app/tour/contract.js';
import { meet, walk } from '../../../sample-app/tour/walk.js';
import { expectedAnswers } from './expected-answers.js';
import { readChallenge } from './read-challenge.js';
import { type RunningBookshelf, runBookshelf } from './running-bookshelf.js';

const isContractBody = new Ajv().compile({
  type: 'object',
  required: ['code', 'description'],
  additionalProperties: false,
  properties: {
    code: { type: 'string', pattern: '^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$' },
    description: { type: 'string', minLength: 1, maxLength: 1000 },
  },
});

const BOOK = '9780131103627';

/** What the sample does, whatever adapter and database it runs on. */
export function bookshelfSuite(env: NodeJS.ProcessEnv): void {
  let shelf: RunningBookshelf;

  beforeAll(async () => {
    shelf = await runBookshelf(env);
  }, 60_000);

  afterAll(async () => {
    await shelf?.app.close();
  });

  test.each(causes)('$why: $method $path', async (cause) => {
    const [status, code, challenge] = expectedAnswers[cause.why] ?? [];
    const response = await meet(cause, shelf.client);
    const body: unknown = await response.clone().json();
    expect({ status: response.status, body }).toMatchObject({ status, body: { code } });
    expect(isContractBody(body)).toBe(true);
    expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    expect(await readChallenge(response)).toEqual(
      challenge
        ? [
            { scheme: 'bearer', parameters: expect.objectContaining(challenge) },
            ...(status === 401 ? [{ scheme: 'dpop', parameters: expect.anything() }] : []),
          ]
        : [],
    );
  });

  test('the tour misses nothing of the contract, as often as it is made', async () => {
    expect(missingFrom(await walk(shelf.client))).toEqual([]);
    expect(missingFrom(await walk(shelf.client))).toEqual([]);
  });

  test('a good token reads a book, and the API is healthy', async () => {
    const book = await shelf.client.call({ method: 'GET', path: `/books/${BOOK}`, as: 'reader' });
    expect(await book.json()).toMatchObject({ isbn: BOOK, pages: 272 });
    const health = await shelf.client.call({ method: 'GET', path: '/health' });
    expect(await health.json()).toEqual({ status: 'ok' });
  });

  test('of two who want the last copy at once, one gets it', async () => {
    const book = {
      isbn: '9780306406157',
      title: 'Once',
      authors: ['Nobody'],
      pages: 10,
      copies: 1,
    };
    await shelf.client.call({ method: 'POST', path: '/books', as: 'librarian', body: book });
    const statuses = await borrowTwice({ isbn: book.isbn });
    expect(statuses).toEqual([201, 409]);
    await shelf.client.call({ method: 'DELETE', path: `/books/${book.isbn}`, as: 'librarian' });
    const gone = await shelf.client.call({
      method: 'GET',
      path: `/books/${book.isbn}`,
      as: 'reader',
    });
    expect(gone.status).toBe(410);
  });

  test('of two requests with one Idempotency-Key at once, one is carried out', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    expect(await borrowTwice({ isbn: BOOK, headers: key })).toEqual([201, 409]);
  });

  test.each([
    ['NUL', 'a\u0000b'],
    ['a lone surrogate in a chapter', 'a\ud800b'],
  ])('a text that cannot be stored, with %s, is an error of the caller', async (_, title) => {
    const response = await shelf.client.call({
      method: 'POST',
      path: '/books',
      as: 'librarian',
      body: {
        isbn: '9781402894626',
        title: 'T',
        authors: ['A'],
        pages: 10,
        copies: 1,
        chapters: [{ title, page: 1 }],
      },
    });
    expect(await response.json()).toMatchObject({ code: 'INVALID_PARAMETER' });
  });

  test('an Idempotency-Key too long for an index is refused', async () => {
    const response = await shelf.client.call({
      method: 'POST',
      path: '/loans',
      as: 'ada',
      headers: { 'Idempotency-Key': 'x'.repeat(4_000) },
      body: { isbn: BOOK, days: 1 },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  test('Swagger UI is served, and its Authorize button may ask the issuer', async () => {
    const docs = await fetch(`${shelf.config.url}/docs`);
    expect(await docs.text()).toContain('swagger-ui');
    const document = await fetch(`${shelf.config.url}/docs-json`);
    const { components } = (await document.json()) as {
      components: {
        securitySchemes: { bearer: { flows: { clientCredentials: { tokenUrl: string } } } };
      };
    };
    const { tokenUrl } = components.securitySchemes.bearer.flows.clientCredentials;
    const preflight = await fetch(tokenUrl, {
      method: 'OPTIONS',
      headers: {
        Origin: shelf.config.url,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,x-requested-with',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe(shelf.config.url);
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toMatch(/authorization/);
  });

  /** Statuses in ascending order; books that were lent are given back. */
  async function borrowTwice({
    isbn,
    headers,
  }: {
    isbn: string;
    headers?: Record<string, string>;
  }): Promise<number[]> {
    const loan = { method: 'POST', path: '/loans', as: 'ada', headers, body: { isbn, days: 7 } };
    const call = { ...loan, as: 'ada' } as const;
    const responses = await Promise.all([shelf.client.call(call), shelf.client.call(call)]);
    const lent = responses.filter(({ ok }) => ok);
    const bodies = (await Promise.all(lent.map((response) => response.json()))) as { id: string }[];
    await Promise.all(
      bodies.map(({ id }) =>
        shelf.client.call({ method: 'DELETE', path: `/loans/${id}`, as: 'ada' }),
      ),
    );
    return responses.map(({ status }) => status).toSorted((a, b) => a - b);
  }
}
