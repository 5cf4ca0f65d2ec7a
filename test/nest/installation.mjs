import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Installs what a folder's lock file says, unless it is there already. */
export function install(folder) {
  if (!isInstalled(folder)) {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
  }
}

function isInstalled(folder) {
  const lock = join(folder, 'node_modules/.package-lock.json');
  return (
    existsSync(lock) &&
    JSON.stringify(versionsIn(lock)) ===
      JSON.stringify(versionsIn(join(folder, 'package-lock.json')))
  );
}

function versionsIn(lock) {
  const { packages } = JSON.parse(readFileSync(lock, 'utf8'));
  return Object.entries(packages)
    .filter(([path, { optional }]) => path !== '' && !optional)
    .map(([path, { version: found }]) => `${path} ${found}`)
    .toSorted();
}
