import { inspect } from 'node:util';
import { ApiException, type ErrorReport, NotFoundException } from 'nestjs-api-errors';
import { LogEntry } from '../../../../lib/answers/report/log-entry.js';
import { MAX_CHARACTERS, MAX_ERRORS } from '../../../../lib/answers/report/described-error.js';

const request = { id: 'abc', method: 'GET', route: '/books/:id' };

function entryOf(thrown: unknown, status = 500, isForeign = false): LogEntry {
  const exception = new ApiException({ status, code: 'CODE', description: 'Said.' });
  const report: ErrorReport = { exception, thrown, status, code: 'CODE', request };
  return new LogEntry(report, isForeign);
}

describe('the entry of the log', () => {
  it('reads nothing of an error before it is asked for', () => {
    let reads = 0;
    const error = new Error('x');
    for (const name of ['stack', 'message', 'cause', 'name']) {
      Object.defineProperty(error, name, {
        get: () => {
          reads += 1;
          return 'read';
        },
      });
    }
    const entry = entryOf(error);
    Object.assign({}, entry);
    expect(reads).toBe(0);
    expect(String(entry)).toContain('read: read');
    expect(reads).toBeGreaterThan(0);
  });

  it('is read once, whoever asks for it', () => {
    let reads = 0;
    const error = Object.defineProperty(new Error('x'), 'message', {
      get: () => {
        reads += 1;
        return `read ${reads}`;
      },
    });
    const entry = entryOf(error);
    expect([inspect(entry), String(entry), JSON.stringify(entry.err)].join()).not.toContain(
      'read 2',
    );
  });

  it('says the same to whatever prints it', () => {
    const entry = entryOf(new Error('x', { cause: new TypeError('y') }));
    expect(inspect(entry)).toBe(String(entry));
    expect(String(entry)).toMatch(
      /^GET \/books\/:id 500 CODE: Said\. \[abc\]\nError: x\n {4}at [^]*\nCaused by: TypeError: y\n {4}at /,
    );
  });

  it('is an error to what formats errors', () => {
    const { err } = entryOf(Object.assign(new RangeError('x'), { code: 'E_X', body: 'SECRET' }));
    expect(err).toBeInstanceOf(Error);
    expect(err).toMatchObject({ name: 'RangeError', message: 'x', code: 'E_X' });
    expect(err!.stack).toMatch(/^RangeError: x\n {4}at /);
    expect(JSON.stringify(err)).not.toContain('SECRET');
  });

  it('names an error by its class', () => {
    class ShelfError extends Error {}
    expect(String(entryOf(new ShelfError('full')))).toContain('\nShelfError: full\n');
  });

  it.each<[string, unknown, string]>([
    ['a text', 'just text', "thrown: 'just text'"],
    ['a number', 7, 'thrown: 7'],
    ['nothing', undefined, 'thrown: undefined'],
    [
      'an object',
      { code: 'E', status: 9, body: 'SECRET' },
      "thrown: Object { code: 'E', status: 9 }",
    ],
    ['a date', new Date(0), 'thrown: Date {}'],
  ])('tells of %s that was thrown', (_what, thrown, text) => {
    expect(String(entryOf(thrown))).toBe(`GET /books/:id 500 CODE: Said. [abc]\n${text}`);
  });

  it.each<[string, unknown, string]>([
    ['a text', 'SECRET', 'value: a string of 6 characters'],
    ['an object', { message: 'no', sub: 'SECRET' }, "Object: { message: 'no' }"],
    ['a list', ['SECRET'], 'Array: {}'],
    ['null', null, 'value: null'],
  ])('tells of %s that is a cause no more than is safe', (_what, cause, text) => {
    const lines = String(entryOf(new Error('x', { cause }))).split('\n');
    expect(lines.at(-1)).toBe(`Caused by: ${text}`);
  });

  it('has bounds', () => {
    const chain = (depth: number): Error =>
      new AggregateError([], 'm'.repeat(9000), depth === 0 ? {} : { cause: chain(depth - 1) });
    expect(String(entryOf(chain(50))).length).toBeLessThan(MAX_CHARACTERS + 2000);
    const many = new AggregateError(
      Array.from({ length: 50 }, (_, i) => Object.assign(new Error(String(i)), { stack: '' })),
    );
    expect(String(entryOf(many)).match(/Among them: /g)).toHaveLength(MAX_ERRORS - 1);
  });

  it('of a 4xx has what was thrown where a mapper made it of another library’s error', () => {
    const thrown = new Error('duplicate key');
    expect(String(entryOf(thrown, 409, true))).toContain('duplicate key');
    expect(String(entryOf(thrown, 409, false))).not.toContain('duplicate key');
  });

  it('of a 4xx is one line, with its reason', () => {
    const exception = new NotFoundException('Gone.', { cause: new Error('why\nnot') });
    const report = { exception, thrown: exception, status: 404, code: 'NOT_FOUND', request };
    expect(String(new LogEntry(report, false))).toBe(
      'GET /books/:id 404 NOT_FOUND: Gone. (why\\nnot) [abc]',
    );
  });
});
