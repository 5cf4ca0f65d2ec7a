import fc from 'fast-check';
import {
  diffCatalogues,
  type Promised,
} from '../../../../lib/documents/catalogue/catalogue.diff.js';
import type { PublishedCatalogue } from '../../../../lib/documents/catalogue/published-catalogue.js';

/** `404 A: GET /x, GET /y` */
function catalogue(...lines: string[]): PublishedCatalogue {
  return {
    errors: lines.map((line) => {
      const [, status, code, operations] = /^(\d+) (\w+)(?:: (.*))?$/.exec(line)!;
      return {
        status: Number(status),
        code: code!,
        description: 'D',
        operations: operations?.split(', ') ?? [],
      };
    }),
  };
}

/** Errors as above, `operation GET /x` without any, and names of headers that each answer has. */
function documented(...parts: string[]): Promised {
  const { errors } = catalogue(...parts.filter((part) => /^\d/.test(part)));
  const others = parts.flatMap((part) => /^operation (.*)$/.exec(part)?.[1] ?? []);
  const names = parts.filter((part) => /^[A-Z]/.test(part));
  const operations = [...new Set([...others, ...errors.flatMap((error) => error.operations)])];
  const headers = errors.flatMap(({ status, operations: those }) =>
    those.map((operation) => ({ operation, status, names })),
  );
  return { errors, document: { operations, headers } };
}

const marks = { major: '!', minor: ' ', patch: '~' };
const lines = (before: Promised, after: Promised) =>
  diffCatalogues(before, after).map(({ level, text }) => `${marks[level]} ${text}`);

describe('diffCatalogues', () => {
  it.each<[string, string[], string[], string[]]>([
    ['nothing', ['404 A: GET /x'], ['404 A: GET /x'], []],
    ['a new code', [], ['404 A'], ['  404 A is new in the catalogue']],
    ['a code that is gone', ['404 A'], [], ['! 404 A is gone from the catalogue']],
    ['a status', ['404 A'], ['410 A'], ['! A of the catalogue changed its status from 404 to 410']],
    [
      'a status of an operation',
      ['404 A: GET /x, GET /y', '410 A'],
      ['404 A: GET /y', '410 A: GET /x'],
      ['! A of GET /x changed its status from 404 to 410'],
    ],
    [
      'a further status of a code',
      ['400 A'],
      ['400 A', '403 A'],
      ['  403 A is new in the catalogue'],
    ],
    [
      'one status of a code that is gone',
      ['400 A', '403 A'],
      ['400 A'],
      ['! 403 A is gone from the catalogue'],
    ],
    [
      'what an operation promises',
      ['404 A: GET /x', '409 B: GET /y'],
      ['404 A: GET /y', '409 B: GET /x, GET /y'],
      ['! 404 A is gone from GET /x', '  409 B is new in GET /x', '  404 A is new in GET /y'],
    ],
    [
      'an operation that is gone',
      ['404 A: GET /x, GET /y'],
      ['404 A: GET /y'],
      ['! GET /x is gone'],
    ],
    ['a new operation', ['404 A: GET /x'], ['404 A: GET /x, GET /y'], ['  GET /y is new']],
    ['the name of a path parameter', ['404 A: GET /{id}'], ['404 A: GET /{isbn}'], []],
  ])('tells of %s', (_what, before, after, expected) => {
    expect(lines(catalogue(...before), catalogue(...after))).toEqual(expected);
  });

  it('takes other words for harmless', () => {
    const before = catalogue('404 A');
    const after = { errors: before.errors.map((row) => ({ ...row, description: 'E' })) };
    expect(lines(before, after)).toEqual(['~ 404 A is described in other words']);
  });

  it.each<[string, Promised, Promised, string[]]>([
    [
      'a new code in a closed set',
      documented('404 A: GET /x'),
      documented('404 A: GET /x', '404 B: GET /x', '409 C: GET /x'),
      ['! 404 B is new in the closed set of GET /x', '  409 C is new in GET /x'],
    ],
    [
      'a header that is gone',
      documented('401 A: GET /x', 'WWW-Authenticate'),
      documented('401 A: GET /x'),
      ['! WWW-Authenticate is gone from the 401 of GET /x'],
    ],
    [
      'a header that is new',
      documented('503 A: GET /x'),
      documented('503 A: GET /x', 'Retry-After'),
      ['  Retry-After is new in the 503 of GET /x'],
    ],
    [
      'the first error of an operation',
      documented('404 A: GET /y', 'operation GET /x'),
      documented('404 A: GET /x, GET /y'),
      ['  404 A is new in GET /x'],
    ],
  ])('tells of %s of a document', (_what, before, after, expected) => {
    expect(lines(before, after)).toEqual(expected);
  });

  it('finds additions harmless, and the way back breaking', () => {
    const line = fc.tuple(fc.integer({ min: 400, max: 404 }), fc.constantFrom('A', 'B', 'C'));
    fc.assert(
      fc.property(fc.uniqueArray(line, { selector: String }), fc.nat(), (all, cut) => {
        const rows = all.map(([status, code]) => `${status} ${code}`);
        const part = rows.slice(0, cut % (rows.length + 1));
        const forth = diffCatalogues(catalogue(...part), catalogue(...rows));
        const back = diffCatalogues(catalogue(...rows), catalogue(...part));
        expect(forth.some(({ level }) => level === 'major')).toBe(false);
        expect(back.every(({ level }) => level === 'major')).toBe(true);
        expect(back.length).toBe(rows.length - part.length);
      }),
    );
  });
});
