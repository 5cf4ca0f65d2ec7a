import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runCommand } from '../../lib/tools/cli/command.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cases = join(root, 'test/fixtures/coverage');
const runners: [string, string[]][] = [
  [
    'Jest',
    [
      '--experimental-vm-modules',
      join(root, 'node_modules/jest/bin/jest.js'),
      '--config',
      JSON.stringify({ rootDir: cases, testMatch: ['**/*.case.mjs'], transform: {} }),
      '--maxWorkers=2',
    ],
  ],
  [
    'Vitest',
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--globals',
      '--root',
      cases,
      '--dir',
      cases,
      '--maxWorkers=2',
      '--config',
      join(cases, 'vitest.config.mjs'),
    ],
  ],
];

const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function report(...args: string[]) {
  let out = '';
  let err = '';
  const code = await runCommand(['coverage', ...args], {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    in: async () => '',
  });
  return { code, out, err };
}

describe.each(runners)('what the workers of %s saw', (name, args) => {
  const own = join(folder, name);

  beforeAll(async () => {
    const env = { ...process.env, COVERAGE_FOLDER: own, JEST_WORKER_ID: undefined };
    await promisify(execFile)(process.execPath, args, { cwd: root, env });
  }, 180_000);

  it('is reported together', async () => {
    expect(readdirSync(own)).toHaveLength(2);
    const { code, out } = await report(own);
    expect(code).toBe(1);
    expect(out).toMatch(/^\d\d\.\d % of the declared errors were seen\n/);
    expect(out).toContain('GET /books/{id}  500');
    expect(out).not.toMatch(/DELETED|BOOK_NOT_EXIST/);
    expect(await report('--threshold', '20', own)).toMatchObject({ code: 0, err: '' });
  });

  it('is written as JSON', async () => {
    const { percent, declared, missing } = JSON.parse((await report('-f', 'json', own)).out) as {
      percent: number;
      declared: object[];
      missing: object[];
    };
    expect(declared).toContainEqual({ operation: 'GET /books/{id}', status: 410, code: 'DELETED' });
    expect(missing).not.toContainEqual(expect.objectContaining({ code: 'DELETED' }));
    expect(percent).toBeCloseTo(100 * (1 - missing.length / declared.length));
  });

  it('is written as LCOV, of a listing', async () => {
    const { out } = await report('-f', 'lcov', own);
    const listing = /^SF:(.*)$/m.exec(out)![1]!;
    const lines = readFileSync(listing, 'utf8').trim().split('\n');
    const hits = new Map(
      [...out.matchAll(/^DA:(\d+),(\d+)$/gm)].map(([, line, hit]) => [
        lines[Number(line) - 1],
        hit,
      ]),
    );
    expect(hits.size).toBe(lines.length);
    expect(hits.get('GET /books/{id} 410 DELETED')).toBe('1');
    expect(hits.get('GET /books/{id} 500 INTERNAL_SERVER_ERROR')).toBe('0');
    expect(out).toMatch(/\nLF:\d+\nLH:2\nend_of_record\n$/);
  });
});

it.each([
  ['a folder that is not there', [join(folder, 'nowhere')], /ENOENT/],
  ['a folder without any', [root], /nothing was saved in/],
  [
    'an unknown format',
    ['-f', 'xml', folder],
    /--format 'xml' is invalid; it takes table, json, lcov/,
  ],
  ['a threshold that is none', ['--threshold', '101', folder], /'101' is no percentage/],
])('refuses %s', async (_what, args, message) => {
  const { code, err } = await report(...args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

it('refuses a file of another shape', async () => {
  const odd = mkdtempSync(join(folder, 'odd-'));
  writeFileSync(join(odd, 'seen-1.json'), '{"declared":[{}]}');
  expect((await report(odd)).err).toMatch(
    /seen-1\.json is not what errorCoverage\(app\)\.save\(\)/,
  );
});
