import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorCoverage } from 'nestjs-api-errors/testing';
import { approaches, graphql, post, type SentError, servers } from './graphql.support.js';
import { OPAQUE, rows, SECRET, unknown } from './rows.js';
import { start } from './support.js';

const byText = (a: unknown, b: unknown) => String(a).localeCompare(String(b));
const codeOf = ({ extensions }: SentError) => extensions?.['code'];
const told = (errors: readonly SentError[]) =>
  errors.map(({ message, path, extensions }) => [
    path?.join('.'),
    codeOf({ message, extensions }),
    message,
  ]);

for (const [server, platform] of servers) {
  for (const approach of approaches) {
    describe(`${server} on ${platform}, ${approach}`, () => {
      const running = (options = {}) => start({ ...graphql(server, approach), options }, platform);

      it('sends each row of the contract with its code and status, at its path', async () => {
        const { url, told: reports, log } = await running();
        const fields = rows.map((_, row) => `r${row}: fail(row: ${row})`).join(' ');
        const { status, data, errors, text } = await post(url, `{ ${fields} }`);
        assert.equal(status, 200);
        assert.deepEqual(
          Object.values(data!),
          rows.map(() => null),
        );
        assert.deepEqual(
          errors.map((error) => [error.path, error.extensions!['status'], codeOf(error)]),
          rows.map(([rowStatus, code], row) => [[`r${row}`], rowStatus, code]),
        );
        assert.ok(errors.every(({ message, locations }) => message !== '' && locations?.length));
        assert.equal(errors.at(-1)!.extensions!['retryAfter'], 30);
        assert.doesNotMatch(text, /password|stack/);
        assert.deepEqual(
          reports.map((report) => [report.status, report.code]),
          rows.map(([rowStatus, code]) => [rowStatus, code]),
        );
        assert.deepEqual(new Set(reports.map(({ request }) => request.method)), new Set(['QUERY']));
        assert.equal(log.filter((line) => line.includes('INTERNAL_SERVER_ERROR')).length, 1);
      });

      it('has no data where a field that cannot be null fails', async () => {
        const { url } = await running();
        const { status, data, errors } = await post(url, '{ failRequired(row: 12) own }');
        assert.equal(status, 200);
        assert.equal(data, null);
        assert.ok(
          told(errors).some(([path, code]) => path === 'failRequired' && code === 'BOOK_NOT_EXIST'),
        );
      });

      it('tells nothing of what is no exception, and all of it to the log, once', async () => {
        const { url, told: reports, log } = await running();
        for (const index of unknown.keys()) {
          const { errors, text } = await post(url, `{ unknown(index: ${index}) }`);
          assert.deepEqual(told(errors), [['unknown', 'INTERNAL_SERVER_ERROR', OPAQUE]]);
          assert.ok(!text.includes(SECRET) && !text.includes('stack'), text);
        }
        assert.deepEqual(
          reports.map(({ thrown }) => thrown),
          unknown,
        );
        assert.equal(log.filter((line) => line.includes('500 INTERNAL')).length, unknown.length);
      });

      it("leaves GraphQL's own errors as they are: the application's, of syntax and of validation", async () => {
        const { url, told: reports } = await running();
        const own = await post(url, '{ own }');
        const { stacktrace: _, ...extensions } = own.errors[0]!.extensions!;
        assert.deepEqual(
          [own.errors[0]!.message, extensions],
          ['In its own words.', { code: 'OWN', hint: 'kept' }],
        );
        const syntax = await post(url, '{ own');
        assert.equal(syntax.status, 400);
        assert.match(syntax.errors[0]!.message, /Syntax Error/);
        const validation = await post(url, '{ nothing }');
        assert.equal(validation.status, 400);
        assert.match(validation.errors[0]!.message, /Cannot query field/);
        assert.deepEqual(reports, []);
      });

      it('answers guards, and arguments that are not valid', async () => {
        const { url } = await running({ body: { failures: true } });
        const { errors } = await post(url, '{ closed page(size: 0) }');
        assert.deepEqual(told(errors).toSorted(byText), [
          ['closed', 'FORBIDDEN', 'The library is closed.'],
          ['page', 'OUT_OF_RANGE', 'size must not be less than 1.'],
        ]);
        const ofPage = errors.find(({ path }) => path![0] === 'page')!;
        assert.deepEqual(
          (ofPage.extensions!['failures'] as { parameter: string }[])[0]!.parameter,
          'size',
        );
        const input = await post(url, 'mutation { add(book: { isbn: "x" }) }');
        assert.deepEqual(told(input.errors), [
          ['add', 'INVALID_PARAMETER', 'isbn must be an ISBN.'],
        ]);
      });

      it('answers the resolvers of fields, which Nest runs no filters for', async () => {
        const { url, told: reports } = await running();
        const { data, errors, text } = await post(url, '{ book { isbn owner plain } }');
        assert.deepEqual(data, { book: { isbn: '1', owner: null, plain: null } });
        assert.deepEqual(told(errors).toSorted(byText), [
          ['book.owner', 'BOOK_NOT_EXIST', 'The requested resource does not exist.'],
          ['book.plain', 'INTERNAL_SERVER_ERROR', OPAQUE],
        ]);
        assert.ok(!text.includes(SECRET) && !text.includes('stack'), text);
        assert.deepEqual(reports.map(({ code }) => code).toSorted(byText), [
          'BOOK_NOT_EXIST',
          'INTERNAL_SERVER_ERROR',
        ]);
        const required = await post(url, '{ book { isbn required } }');
        assert.deepEqual(required.data, { book: null });
        assert.deepEqual(told(required.errors), [
          ['book.required', 'DELETED', 'The resource has been deleted.'],
        ]);
      });

      it('answers a field once where filters are run for fields', async () => {
        const { url, told: reports } = await start(
          graphql(server, approach, { fieldResolverEnhancers: ['filters', 'guards'] }),
          platform,
        );
        const { errors } = await post(url, '{ book { owner plain } }');
        assert.deepEqual(errors.map(codeOf).toSorted(byText), [
          'BOOK_NOT_EXIST',
          'INTERNAL_SERVER_ERROR',
        ]);
        assert.deepEqual(reports.map(({ request }) => request.route).toSorted(byText), [
          'Book.owner',
          'Book.plain',
        ]);
      });

      it('refuses a token with 401 and its challenge, and takes a good one', async () => {
        const { url } = await running();
        const none = await post(url, '{ mine }');
        assert.equal(none.status, 401);
        assert.equal(none.headers.get('www-authenticate'), 'Bearer realm="books"');
        assert.equal(none.headers.get('cache-control'), 'no-store');
        assert.deepEqual(none.data, { mine: null });
        assert.deepEqual(none.errors.map(codeOf), ['UNAUTHORIZED']);
        const refused = await post(url, '{ a: mine minesRequired }', { authorization: 'Bearer x' });
        assert.equal(refused.status, 401);
        assert.match(refused.headers.get('www-authenticate')!, /error="invalid_token"/);
        const lacking = await post(url, '{ minesRequired own }', {
          authorization: 'Bearer reader',
        });
        assert.equal(lacking.status, 403);
        assert.match(
          lacking.headers.get('www-authenticate')!,
          /error="insufficient_scope".*scope="books.write"/,
        );
        const malformed = await post(url, '{ mine }', { authorization: 'Bearer a b' });
        assert.equal(malformed.status, 400);
        assert.match(malformed.headers.get('www-authenticate')!, /error="invalid_request"/);
        const good = await post(url, '{ mine }', { authorization: 'Bearer reader' });
        assert.deepEqual([good.status, good.data, good.errors], [200, { mine: 'reader' }, []]);
      });

      it('stays 200 without a challenge where there is data beside what was refused', async () => {
        const { url } = await running();
        const { status, headers, data, errors } = await post(url, '{ mine page(size: 2) }');
        assert.deepEqual([status, headers.get('www-authenticate')], [200, null]);
        assert.deepEqual(data, { mine: null, page: '2' });
        assert.deepEqual(errors.map(codeOf), ['UNAUTHORIZED']);
      });

      it('guards every operation where the guard is global', async () => {
        const { url } = await running({
          bearer: {
            realm: 'books',
            verifier: {
              verify: () => {
                throw new Error(SECRET);
              },
            },
            global: true,
          },
        });
        assert.equal((await post(url, '{ page(size: 2) }')).status, 401);
        const down = await post(url, '{ page(size: 2) }', { authorization: 'Bearer x' });
        assert.deepEqual(down.errors.map(codeOf), ['INTERNAL_SERVER_ERROR']);
        assert.ok(!down.text.includes(SECRET));
      });

      it('has one request id for the errors of a request, in its header and where bodies have it', async () => {
        const { url, told: reports } = await running({ body: { requestId: true } });
        const { headers, errors } = await post(url, '{ fail(row: 0) closed }', {
          'x-request-id': 'mine-1',
        });
        assert.equal(headers.get('x-request-id'), 'mine-1');
        assert.deepEqual(
          errors.map(({ extensions }) => extensions!['requestId']),
          ['mine-1', 'mine-1'],
        );
        assert.deepEqual(
          reports.map(({ request }) => request.id),
          ['mine-1', 'mine-1'],
        );
      });

      it('finds what a resolver throws and does not declare, and counts what it does', async () => {
        const { url, log, app } = await running();
        const coverage = errorCoverage(app);
        await post(url, '{ undeclared declared }');
        const warnings = log.filter((line) => line.includes('does not declare'));
        assert.equal(warnings.length, 1);
        assert.match(
          warnings[0]!,
          /QUERY undeclared answered 409 CONFLICT, which \w+\.undeclared\(\) does not/,
        );
        const isOfBook = ({ code, operation }: { code: string; operation: string }) =>
          code === 'BOOK_NOT_EXIST' && operation.startsWith('QUERY');
        assert.deepEqual(
          coverage.declared.filter(isOfBook).map(({ operation }) => operation),
          ['QUERY undeclared', 'QUERY declared'],
        );
        assert.deepEqual(
          coverage.missing.filter(isOfBook).map(({ operation }) => operation),
          ['QUERY undeclared'],
        );
      });
    });
  }
}
