import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where package.json is. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The text of a file of the project. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The TypeScript sources below a folder of the project, by their path in it. */
export function sourcesOf(folder: string): Record<string, string> {
  const top = join(root, folder);
  return Object.fromEntries(
    readdirSync(top, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(top, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

/** package.json, by what the tests read of it. */
export interface Manifest {
  readonly name: string;
  readonly main: string;
  readonly types: string;
  readonly typesVersions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly exports: Readonly<
    Record<string, string | Readonly<Record<string, Readonly<Record<string, string>>>>>
  >;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export const manifest = JSON.parse(textOf('package.json')) as Manifest;
