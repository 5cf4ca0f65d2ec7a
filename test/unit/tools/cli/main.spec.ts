import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PublishedCatalogue } from '../../../../lib/documents/catalogue/published-catalogue.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const entryNamed = (name: string) => fileURLToPath(new URL(`entries/${name}`, import.meta.url));
const entry = entryNamed('talkative.mjs');

/** Milliseconds; whoever waits for more takes the command to hang. */
const TIME_LIMIT = 25_000;

/** The command as it is installed, in a process of its own. */
function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = [`${root}/dist/cli.mjs`, ...args];
  return new Promise((resolve) => {
    const options = { cwd: root, timeout: TIME_LIMIT };
    const child = execFile(process.execPath, command, options, (_error, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}

describe('npx nestjs-api-errors', () => {
  it('writes data to stdout alone, whatever the application logs, and ends', async () => {
    const { code, out, err } = await run('catalogue', entry);
    const { errors } = JSON.parse(out) as PublishedCatalogue;
    expect(errors.find(({ status }) => status === 410)?.operations).toEqual(['GET /goods']);
    expect(err).toContain('Loading.');
    expect(code).toBe(0);
  });

  it('takes an entry relative to where it is run', async () => {
    const { code, out } = await run('lint', 'test/unit/tools/cli/entries/talkative.mjs');
    expect({ code, out }).toEqual({ code: 0, out: '' });
  });

  it('tells of an error of use in one line, with exit code 2', async () => {
    expect(await run('catalogue', '--format', 'xml', entry)).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/^error: --format 'xml' is invalid.*\n$/),
    });
  });
});

describe('the module of an entry', () => {
  it.each([
    ['cjs.named.cjs', 'exports.AppModule, beside others'],
    ['cjs.default.cjs', 'exports.default, beside others'],
    ['cjs.renamed.cjs', 'the only export, whatever its name'],
    ['cjs.whole.cjs', 'module.exports itself'],
    ['cjs.plain.cjs', 'a member of module.exports'],
    ['cjs.factory.cjs', 'what a function makes'],
    ['open-handle.mjs', 'what leaves something open'],
  ])('%s: %s', async (name) => {
    const { code, out } = await run('catalogue', entryNamed(name));
    const { errors } = JSON.parse(out) as PublishedCatalogue;
    expect(errors.find(({ status }) => status === 410)?.operations).toEqual(['GET /goods']);
    expect(code).toBe(0);
  });
});

describe('a file that starts a server is refused, with the fix, and the command ends', () => {
  it.each([
    ['main.awaiting.mjs', /starts a server/],
    ['main.exporting.mjs', /starts a server/],
    ['main.floating.cjs', /exports neither/],
  ])('%s', async (name, reason) => {
    const { code, out, err } = await run('catalogue', entryNamed(name));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const error = err.split('\n').find((line) => line.startsWith('error: '));
    expect(error).toMatch(reason);
    expect(error).toMatch(/dist\/app\.module\.js/);
  });
});
