import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../../../lib/tools/cli/command.js';
import type { PublishedCatalogue } from '../../../../lib/documents/catalogue/published-catalogue.js';
import { connections } from './entries/shop.module.js';

const entry = (name: string) => fileURLToPath(new URL(`entries/${name}.ts`, import.meta.url));
const shop = entry('shop.module');

async function run(...args: string[]) {
  const written = { out: '', err: '' };
  const code = await runCommand(args, {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    in: async () => '',
  });
  return { code, ...written };
}

async function catalogueOf(name: string): Promise<PublishedCatalogue> {
  const { code, out } = await run('catalogue', '--format', 'json', entry(name));
  expect(code).toBe(0);
  return JSON.parse(out) as PublishedCatalogue;
}

describe('nestjs-api-errors catalogue', () => {
  it('writes JSON with the operations that can answer each error', async () => {
    const { errors } = await catalogueOf('shop.module');
    expect(errors.find(({ code }) => code === 'GOOD_NOT_EXIST')).toEqual({
      status: 404,
      code: 'GOOD_NOT_EXIST',
      description: 'The requested resource does not exist.',
      operations: ['GET /goods/{id}', 'DELETE /goods/{id}'],
    });
    expect(errors.find(({ code }) => code === 'INVALID_PARAMETER')?.operations).toEqual([
      'GET /goods/{id}',
    ]);
  });

  it('writes JSON unless told otherwise', async () => {
    const { out } = await run('catalogue', shop);
    expect(JSON.parse(out)).toEqual(await catalogueOf('shop.module'));
  });

  it.each([
    ['md', /^# Error catalogue\n[^]*\n## 403 SHOP_CLOSED\n/],
    ['html', /^<!doctype html>[^]*id="SHOP_CLOSED-403"/],
  ])('writes %s', async (format, content) => {
    const { code, out, err } = await run('catalogue', '--format', format, shop);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(content);
  });

  it('writes OpenAPI with the errors of each operation', async () => {
    const { code, out } = await run('catalogue', '-f', 'openapi', shop);
    expect(code).toBe(0);
    const document = JSON.parse(out) as { openapi: string; paths: Record<string, object> };
    expect(document.openapi).toMatch(/^3\./);
    expect(document.paths['/goods/{id}']).toHaveProperty('delete.responses.410');
  });

  it('runs no lifecycle hook, and so opens nothing', async () => {
    await run('catalogue', shop);
    expect(connections).toEqual([]);
  });

  it('takes a dynamic module, and a function that makes the application', async () => {
    const dynamic = await catalogueOf('dynamic');
    expect(dynamic).toEqual(await catalogueOf('shop.module'));
    const prefixed = await catalogueOf('factory');
    expect(prefixed.errors.find(({ code }) => code === 'SHOP_CLOSED')?.operations).toEqual([
      'DELETE /api/goods/{id}',
    ]);
  });
});

describe('the module of an entry', () => {
  it.each([
    ['renamed', 'is the only export, whatever its name'],
    ['promised', 'may be promised'],
  ])('%s: %s', async (name) => {
    expect(await catalogueOf(name)).toEqual(await catalogueOf('shop.module'));
  });
});

describe('nestjs-api-errors lint', () => {
  it('finds nothing in a tidy application', async () => {
    const { out, err } = await run('lint', shop);
    // Definitions are the process's, in which the other fixtures are loaded too
    const own = out.split('\n').filter((line) => /GOOD|SHOP/.test(line));
    expect({ own, err }).toEqual({ own: [], err: '' });
  });

  it('lists what is wrong, a line each, and exits 1', async () => {
    const { code, out } = await run('lint', entry('untidy.module'));
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual(
      expect.arrayContaining([
        '409 NOBODY_ANSWERS_IT: is declared by no route',
        'TWICE: has two meanings, 409 and 410',
        '409 REWORDED: has two meanings, "One thing." and "Another thing."',
        '409 OWN_CODE: the description says nothing',
      ]),
    );
  });
});

/** An OpenAPI document without what one operation answers with 403. */
function withoutOneCode(text: string): string {
  const document = JSON.parse(text) as {
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  };
  delete document.paths['/goods/{id}']!['delete']!.responses['403'];
  return JSON.stringify(document);
}

describe('nestjs-api-errors diff', () => {
  const folder = mkdtempSync(join(tmpdir(), 'catalogue-diff-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const catalogue = (name: string, ...codes: string[]) =>
    file(
      name,
      JSON.stringify({
        errors: codes.map((code) => ({ status: 404, code, description: code, operations: [] })),
      }),
    );

  it('exits 1 with the breaking changes first', async () => {
    const [before, after] = [catalogue('1.json', 'A', 'B'), catalogue('2.json', 'B', 'C')];
    expect(await run('diff', before, after)).toEqual({
      code: 1,
      err: '',
      out: 'major  404 A is gone from the catalogue\nminor  404 C is new in the catalogue\n',
    });
  });

  it('exits 0 on additions', async () => {
    const [before, after] = [catalogue('3.json', 'A'), catalogue('4.json', 'A', 'B')];
    expect(await run('diff', before, after)).toMatchObject({ code: 0, err: '' });
  });

  it('exits 0 and says nothing where nothing changed', async () => {
    const path = file('5.json', (await run('catalogue', shop)).out);
    expect(await run('diff', path, path)).toEqual({ code: 0, out: '', err: '' });
  });

  it.each([
    ['nothing', 0, ['A'], ['A']],
    ['an addition', 4, ['A'], ['A', 'B']],
    ['a loss', 5, ['A'], []],
  ])('exits by the level of %s where it is asked to', async (_what, expected, old, now) => {
    const [before, after] = [catalogue('6.json', ...old), catalogue('7.json', ...now)];
    expect(await run('diff', '--exit-code', before, after)).toMatchObject({ code: expected });
  });

  it('writes a section of a changelog, and JSON', async () => {
    const [before, after] = [catalogue('1.json', 'A', 'B'), catalogue('2.json', 'B', 'C')];
    expect((await run('diff', '-f', 'changelog', before, after)).out).toBe(
      '### Breaking\n\n- 404 A is gone from the catalogue\n\n' +
        '### Added\n\n- 404 C is new in the catalogue\n',
    );
    expect(JSON.parse((await run('diff', '-f', 'json', before, after)).out)).toEqual({
      level: 'major',
      changes: [
        { level: 'major', text: '404 A is gone from the catalogue' },
        { level: 'minor', text: '404 C is new in the catalogue' },
      ],
    });
  });

  it('compares OpenAPI documents, of whose answers each has a closed set of codes', async () => {
    const { out } = await run('catalogue', '-f', 'openapi', shop);
    const [before, after] = [file('before.json', out), file('after.json', withoutOneCode(out))];
    expect(await run('diff', before, before)).toEqual({ code: 0, out: '', err: '' });
    expect((await run('diff', before, after)).out).toBe(
      'major  403 SHOP_CLOSED is gone from DELETE /goods/{id}\n',
    );
    expect(await run('diff', before, catalogue('8.json', 'A'))).toMatchObject({
      code: 2,
      err: expect.stringContaining("can't be compared"),
    });
  });

  it.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['another shape', '{"errors":[{"code":"A"}]}'],
  ])('refuses a file that is %s', async (_what, content) => {
    const path = file('bad.json', content);
    const { code, out, err } = await run('diff', path, path);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: .*bad\.json.*\n$/);
  });
});

describe('an error of use is one line on stderr and exit code 2', () => {
  it.each<[string, string[], RegExp]>([
    ['no command', [], /no command given; there are catalogue, diff, lint/],
    ['an unknown command', ['catalog'], /unknown command 'catalog'/],
    ['an unknown option', ['lint', '--fix', shop], /Unknown option '--fix'/],
    ['an unknown format', ['catalogue', '-f', 'xml', shop], /'xml' is invalid/],
    ['no entry', ['catalogue'], /missing required argument 'entry'/],
    ['one file to compare', ['diff', 'a.json'], /missing required argument 'new'/],
    ['an unknown format of changes', ['diff', '-f', 'md', shop, shop], /'md' is invalid/],
    ['too many arguments', ['lint', 'a', 'b'], /too many arguments/],
    ['no such file', ['diff', '/nowhere/a.json', '/nowhere/b.json'], /ENOENT.*a\.json/],
    ['no such entry', ['lint', '/nowhere/app.js'], /\/nowhere\/app\.js/],
    ['an entry that throws', ['lint', entry('throwing')], /throwing\.ts: No configuration\.$/m],
    ['an entry without a module', ['lint', entry('empty')], /exports neither a default nor AppM/],
    ['an entry with several', ['lint', entry('several')], /exports neither a default nor AppM/],
    [
      'an application without ErrorsModule',
      ['lint', entry('without-errors')],
      /does not import ErrorsModule/,
    ],
  ])('%s', async (_what, args, message) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).toMatch(/^error: .*\n$/);
  });
});

it.each(['--help', '--version'])('%s is written to stdout, with exit code 0', async (option) => {
  const { code, out, err } = await run(option);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/\w/);
});
