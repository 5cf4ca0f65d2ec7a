import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PublishedCatalogue } from '../../../lib/publish/published-catalogue.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const entry = fileURLToPath(new URL('entries/talkative.mjs', import.meta.url));

/** The command as it is installed, in a process of its own. */
function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = [`${root}/dist/cli/main.js`, ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { cwd: root }, (_error, out, err) => {
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
    const { code, out } = await run('lint', 'test/unit/cli/entries/talkative.mjs');
    expect({ code, out }).toEqual({ code: 0, out: '' });
  });

  it('tells of an error of use in one line, with exit code 2', async () => {
    expect(await run('catalogue', '--format', 'xml', entry)).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/^error: option '-f, --format <format>' argument 'xml'.*\n$/),
    });
  });
});
