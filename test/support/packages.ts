import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Where a file of an installed package is that is no module of it, its command for instance. */
export function packageFile(name: string, path: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const found = folders.map((folder) => join(folder, name, path)).find((file) => existsSync(file));
  if (found === undefined) {
    throw new Error(`${name} has no ${path}`);
  }
  return found;
}

const { version } = JSON.parse(
  readFileSync(packageFile('@nestjs/core', 'package.json'), 'utf8'),
) as {
  version: string;
};
const [major = 0, minor = 0] = version.split('.').map(Number);

/** Whether the Nest that this runs on is that one or newer: what it has not got has no case. */
export function hasNest(wantedMajor: number, wantedMinor = 0): boolean {
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
