import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { ServiceUnavailableException, verifiedToken } from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { checkCatalogue, type ErrorCoverage, errorCoverage } from 'nestjs-api-errors/testing';
import { Database } from '../../sample-app/database/database.service.js';
import type { Call } from '../../sample-app/tour/bookshelf.client.js';
import { walk } from '../../sample-app/tour/walk.js';
import { type RunningBookshelf, runBookshelf } from './support/running-bookshelf.js';

const book = { isbn: '9781402894626', title: 'T', authors: ['A'], pages: 1, copies: 1 };
const loan = { isbn: '9780131103627', days: 7 };
const [UNKNOWN, WITHDRAWN] = ['9783161484100', '9780596517748'];

/** A request that each operation answers well, of whoever may make it. */
const operations: readonly Call[] = [
  { method: 'GET', path: '/books', as: 'reader' },
  { method: 'GET', path: '/books/9780131103627', as: 'reader' },
  { method: 'POST', path: '/books', as: 'librarian', body: book },
  { method: 'DELETE', path: `/books/${book.isbn}`, as: 'librarian' },
  { method: 'GET', path: '/members/ada', as: 'librarian' },
  { method: 'GET', path: '/members/ada/loans', as: 'librarian' },
  { method: 'POST', path: '/loans', as: 'ada', body: loan },
  { method: 'DELETE', path: `/loans/${randomUUID()}`, as: 'ada' },
  { method: 'PUT', path: '/maintenance', as: 'operator' },
  { method: 'DELETE', path: '/maintenance', as: 'operator' },
];

/** What only some operations are asked for, by what is wrong with it. */
const causes: Record<string, Call> = {
  'a page of no book': { method: 'GET', path: '/books?limit=0', as: 'reader' },
  'a page of some books': { method: 'GET', path: '/books?limit=some', as: 'reader' },
  'a new book without an ISBN': { ...operations[2]!, body: { ...book, isbn: 'x' } },
  'a title that cannot be stored': { ...operations[2]!, body: { ...book, title: '\0' } },
  'withdrawing what is no ISBN': { ...operations[3]!, path: '/books/x' },
  'withdrawing an unknown book': { ...operations[3]!, path: `/books/${UNKNOWN}` },
  'withdrawing a book again': { ...operations[3]!, path: `/books/${WITHDRAWN}` },
  'a malformed member': { ...operations[4]!, path: '/members/%00' },
  'an unknown member': { ...operations[4]!, path: '/members/nobody' },
  'loans of a malformed member': { ...operations[5]!, path: '/members/%00/loans' },
  'loans of an unknown member': { ...operations[5]!, path: '/members/nobody/loans' },
  'a key too long': { ...operations[6]!, headers: { 'Idempotency-Key': 'x'.repeat(129) } },
  'a loan of nothing': { ...operations[6]!, body: {} },
  'a loan of what is no ISBN': { ...operations[6]!, body: { ...loan, isbn: 'x' } },
  'a loan of no day': { ...operations[6]!, body: { ...loan, days: 0 } },
  'a loan of an unknown book': { ...operations[6]!, body: { ...loan, isbn: UNKNOWN } },
  'a loan of a withdrawn book': { ...operations[6]!, body: { ...loan, isbn: WITHDRAWN } },
  'returning what is no loan': { ...operations[7]!, path: '/loans/x' },
  'returning an unknown loan': operations[7]!,
};

describe.each(['express', 'fastify'])('the errors of the bookshelf on %s', (adapter) => {
  let shelf: RunningBookshelf;
  let coverage: ErrorCoverage;
  const call = (request: Call) => shelf.client.call(request);
  const each = (change: (request: Call) => Partial<Call>) =>
    Promise.all(operations.map((request) => call({ ...request, ...change(request) })));
  const bodies = operations.filter(({ body }) => body);
  const health: Call = { method: 'GET', path: '/health' };

  beforeAll(async () => {
    shelf = await runBookshelf({ HTTP_ADAPTER: adapter });
    coverage = errorCoverage(shelf.app);
  }, 60_000);
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => shelf.app.close());

  it('are those of the tour', async () => {
    expect((await walk(shelf.client)).every(({ status }) => status >= 400)).toBe(true);
  });

  it.each(Object.entries(causes))('are those of %s', async (_why, request) => {
    const response = await call(request);
    await expect(response).toBeApiError();
  });

  it('are those of missing, malformed and insufficient credentials', async () => {
    const anonymous = await each(() => ({ as: undefined }));
    const malformed = await each(() => ({ headers: { Authorization: 'Bearer one two' } }));
    const strangers = await each(({ path }) => ({
      as: path === '/maintenance' ? 'reader' : 'operator',
    }));
    for (const response of anonymous) {
      await expect(response).toBeApiError('UNAUTHORIZED', { status: 401 });
    }
    for (const response of malformed) {
      await expect(response).toBeApiError('BAD_REQUEST', { status: 400 });
      expect(response).toCarryChallenge('invalid_request');
    }
    for (const response of strangers) {
      await expect(response).toBeApiError('FORBIDDEN', { status: 403 });
      expect(response).toCarryChallenge('insufficient_scope');
    }
  });

  it('are those of bodies that nobody reads', async () => {
    for (const request of bodies) {
      await expect(await call({ ...request, body: '{' })).toBeApiError('BAD_REQUEST');
      await expect(await call({ ...request, body: 'x'.repeat(2 << 20) })).toBeApiError(
        'PAYLOAD_TOO_LARGE',
      );
      const type = adapter === 'express' ? 'application/json; charset=x' : 'text/x';
      const unread = await call({ ...request, headers: { 'Content-Type': type } });
      await expect(unread).toBeApiError('UNSUPPORTED_MEDIA_TYPE');
    }
  });

  it('are those of a token whose member is gone', async () => {
    jest
      .spyOn(JwtTokenVerifier.prototype, 'verify')
      .mockImplementation(() => verifiedToken({ sub: 'nobody', scope: 'loans.write' }));
    await expect(await call(operations[6]!)).toBeApiError('MEMBER_NOT_EXIST');
  });

  it('are those of an issuer that is down', async () => {
    jest.spyOn(JwtTokenVerifier.prototype, 'verify').mockImplementation(() => {
      throw new ServiceUnavailableException();
    });
    for (const response of await each(() => ({}))) {
      await expect(response).toBeApiError('SERVICE_UNAVAILABLE', { status: 503 });
    }
  });

  it('are those of a database that is down', async () => {
    const database = shelf.app.get(Database);
    await database.suspend();
    await expect(await call(health)).toBeApiError('SERVICE_UNAVAILABLE');
    await database.resume();
  });

  it('are those of a bug', async () => {
    const bug = () => {
      throw new Error('A bug.');
    };
    const database = shelf.app.get(Database);
    jest.spyOn(database, 'queries', 'get').mockImplementation(bug);
    for (const method of ['transaction', 'suspend', 'resume'] as const) {
      jest.spyOn(database, method).mockImplementation(bug);
    }
    for (const response of [...(await each(() => ({}))), await call(health)]) {
      await expect(response).toBeApiError('INTERNAL_SERVER_ERROR', { status: 500 });
    }
  });

  it('have all been seen, of each operation', () => {
    expect(coverage.declared.length).toBeGreaterThan(80);
    expect(() => coverage.check(100)).not.toThrow();
  });

  it('are a tidy catalogue', () => {
    expect(() => checkCatalogue(shelf.app)).not.toThrow();
  });
});
