import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { demand, run } from './shell.mjs';

/* Two copies in one process: see consumers/copies.mts. */

const pairs = [
  ['import:nestjs-api-errors', 'require:nestjs-api-errors'],
  ['require:nestjs-api-errors', 'import:nestjs-api-errors'],
  ['import:nestjs-api-errors', 'import:another-copy'],
  ['require:nestjs-api-errors', 'require:another-copy'],
];

/** Brands that two copies need not share. */
const ownOfEach = new Set([
  // Written and read by the copy that answers: no application has two modules
  'attempted',
  'framework-error',
  'handlers',
  'latest-response',
  'options',
  'request-id',
  'settings',
  'unknown-route',
  'validation-pipe',
  'wrapped-event-stream',
  // So that nothing is wrapped twice, which costs time and changes nothing
  'observed-pipe',
  'stands-in',
  // Where another copy validated, a parameter is told by its name in place of a JSON Pointer
  'failure-path',
]);

export function checkCopies(cwd) {
  copyOf(cwd, 'another-copy');
  for (const pair of pairs) {
    run(process.execPath, ['copies.mjs', ...pair], cwd);
  }
}

/**
 * That the check notices a brand that two copies do not share, whichever: in another copy, each is
 * given another name, one at a time.
 */
export async function checkBrands(cwd) {
  const brands = brandsIn(join(cwd, 'node_modules/nestjs-api-errors/dist'));
  demand(brands.length > 20, `There are ${brands.length} brands only.`);
  const waiting = brands.filter((name) => !ownOfEach.has(name));
  const missed = [];
  // There are two cores
  await Promise.all(
    ['mutated-copy-1', 'mutated-copy-2'].map(async (copy) => {
      for (let brand = waiting.pop(); brand !== undefined; brand = waiting.pop()) {
        // oxlint-disable-next-line no-await-in-loop -- one at a time
        if (await passes(cwd, copy, brand)) {
          missed.push(brand);
        }
      }
    }),
  );
  demand(missed.length === 0, `Nobody notices that copies do not share: ${missed.join(', ')}`);
}

/** @returns whether ours and a copy with another brand pass for copies of one library */
async function passes(cwd, copy, brand) {
  const dist = join(copyOf(cwd, copy), 'dist');
  for (const file of codeIn(dist)) {
    const text = readFileSync(join(dist, file), 'utf8');
    writeFileSync(
      join(dist, file),
      text.replaceAll(/nestjs-api-errors:([^"`]+)(?=["`])/g, (whole, name) =>
        name === brand ? `mutated:${brand}` : whole,
      ),
    );
  }
  for (const pair of [
    ['import:nestjs-api-errors', `import:${copy}`],
    [`import:${copy}`, 'import:nestjs-api-errors'],
  ]) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- the second where the first did not notice
      await promisify(execFile)(process.execPath, ['copies.mjs', ...pair], {
        cwd,
        timeout: 60_000,
      });
    } catch {
      return false;
    }
  }
  return true;
}

function copyOf(cwd, name) {
  const folder = join(cwd, 'node_modules', name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(cwd, 'node_modules/nestjs-api-errors'), folder, { recursive: true });
  return folder;
}

function codeIn(dist) {
  return readdirSync(dist).filter((name) => /\.[mc]js$/.test(name));
}

function brandsIn(dist) {
  const text = codeIn(dist).map((name) => readFileSync(join(dist, name), 'utf8'));
  const found = text.join().matchAll(/Symbol\.for\(["`]nestjs-api-errors:([^"`]+)["`]\)/g);
  return [...new Set([...found].map(([, brand]) => brand))].toSorted();
}
