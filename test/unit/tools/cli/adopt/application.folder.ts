import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../../../../lib/tools/cli/command.js';
import type { Finding } from '../../../../../lib/tools/cli/adopt/finding.js';

/** Sources by their path. */
export type Sources = Readonly<Record<string, string>>;

/** What `adopt --json` says of one place. */
export type Said = Omit<Finding, 'change'> & { readonly written: boolean };

const here = fileURLToPath(new URL('.', import.meta.url));
const tsconfig = { compilerOptions: { module: 'nodenext', experimentalDecorators: true } };

const folders: string[] = [];
afterAll(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** A folder with these sources, where the packages of this project are found; gone after the tests. */
export function folderOf(sources: Sources, parent = here): string {
  const folder = mkdtempSync(join(parent, '.tmp-'));
  folders.push(folder);
  const files = {
    'tsconfig.json': JSON.stringify(tsconfig),
    'package.json': JSON.stringify({ private: true }),
    ...sources,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export async function adopt(...args: string[]) {
  const written = { out: '', err: '' };
  const code = await runCommand(['adopt', ...args], {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    in: async () => '',
  });
  return { code, ...written };
}

/** What is said of the application with these sources. */
export async function saidOf(sources: Sources, ...options: string[]): Promise<Said[]> {
  const { out, err } = await adopt('--json', ...options, folderOf(sources));
  expect(err).toBe('');
  return JSON.parse(out) as Said[];
}

/** The texts of one kind, with their lines. */
export async function textsOf(kind: Said['kind'], sources: Sources): Promise<string[]> {
  const said = await saidOf(sources);
  return said.filter((finding) => finding.kind === kind).map(({ line, text }) => `${line} ${text}`);
}

/** What the files say once `--write` has been there, twice: the second time finds nothing to do. */
export async function writtenOf(sources: Sources): Promise<Sources> {
  const folder = folderOf(sources);
  const read = () =>
    Object.fromEntries(
      Object.keys(sources).map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
    );
  await adopt('--write', folder);
  const once = read();
  const { out } = await adopt('--write', folder);
  expect(out).not.toMatch(/^ +\d+ {2}written/m);
  expect(read()).toEqual(once);
  return once;
}
