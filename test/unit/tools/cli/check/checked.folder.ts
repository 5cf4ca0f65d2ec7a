import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../../../../lib/tools/cli/command.js';
import type { ToldFinding } from '../../../../../lib/tools/cli/check/report.js';
import { folderOf, type Sources } from '../adopt/application.folder.js';

/** What `check --json` says of an application. */
export interface Checked {
  readonly routes: readonly {
    readonly file: string;
    readonly name: string;
    readonly route: string;
    readonly declares: readonly string[];
    readonly throws: readonly {
      readonly status: number;
      readonly code: string;
      readonly evidence: string;
    }[];
  }[];
  readonly findings: readonly ToldFinding[];
}

/** Runs the command as a shell does. */
export async function check(
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const code = await runCommand(['check', ...args], {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    in: async () => '',
  });
  return { code, ...written };
}

export async function checkOf(folder: string): Promise<Checked> {
  const { out, err } = await check('--json', folder);
  expect(err).toBe('');
  return JSON.parse(out) as Checked;
}

export const tsconfig = JSON.stringify({
  compilerOptions: {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    types: ['node'],
  },
});

const root = fileURLToPath(new URL('../../../../..', import.meta.url));

/** A folder with these sources, where this package is installed; gone after the tests. */
export function applicationOf(sources: Sources): string {
  const folder = folderOf({ 'tsconfig.json': tsconfig, ...sources });
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules/nestjs-api-errors'), 'dir');
  return folder;
}

/** What each handler of these sources throws by file, and what could not be followed. */
export async function thrownIn(
  sources: Sources,
): Promise<Record<string, Record<string, string[]>>> {
  const { routes, findings } = await checkOf(applicationOf(sources));
  const thrown: Record<string, Record<string, string[]>> = {};
  for (const { file, name, throws } of routes) {
    const lost = findings.filter(
      (one) => one.kind === 'unfollowed' && one.name === name && one.file === file,
    );
    const rows = throws.map(({ status, code }) => `${status} ${code}`);
    const all = [...new Set(rows), ...lost.map(({ text }) => text)].toSorted();
    thrown[file] = { ...thrown[file], [name]: all };
  }
  return thrown;
}
