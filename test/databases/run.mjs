import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '../nest/installation.mjs';
import { runAll } from '../nest/node-tests.mjs';

/*
 * What becomes of databases' errors: `node test/databases/run.mjs [drivers|prisma-6|prisma-7 …]`, all
 * of them unless some are named. Expects `npm run build` to have been run. TEST_DATABASE_URL and
 * TEST_MYSQL_URL name servers; what needs one is skipped without.
 *
 * Each folder of packages/ is an installation of its own. The tests are compiled below it as an
 * application is, and find the built library in its node_modules.
 */

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : ['drivers', 'prisma-6', 'prisma-7'];

/** Compiles the tests of an installation below its folder. */
function prepare(name) {
  const folder = join(here, 'packages', name);
  const tests = name.replace(/-\d+$/, '');
  const work = join(folder, 'work');
  install(folder);
  if (tests === 'drivers') {
    buildSqlite(folder);
  }
  rmSync(work, { recursive: true, force: true });
  for (const part of ['support', tests, 'tsconfig.json']) {
    cpSync(join(here, part), join(work, part), { recursive: true });
  }
  cpSync(join(folder, 'package.json'), join(work, 'package.json'));
  for (const part of ['package.json', 'dist']) {
    const target = join(work, 'node_modules/nestjs-api-errors', part);
    cpSync(join(root, part), target, { recursive: true });
  }
  if (tests === 'prisma') {
    generate(folder, join(work, tests));
  }
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', work], { stdio: 'inherit' });
  return join(work, 'built', tests);
}

/** Which npm does not build by itself, as `ignore-scripts` keeps engines from being downloaded. */
function buildSqlite(folder) {
  const built = join(folder, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node');
  if (!existsSync(built)) {
    const options = { cwd: folder, stdio: 'inherit' };
    execFileSync('npm', ['rebuild', 'better-sqlite3', '--ignore-scripts=false'], options);
  }
}

/** Prisma's clients. No engine is asked for anything: driver adapters do without. */
function generate(folder, tests) {
  const engine = process.execPath;
  for (const name of readdirSync(tests).filter((file) => file.endsWith('.prisma'))) {
    if (folder.endsWith('prisma-6')) {
      // Which asks for an address in the schema, and Prisma 7 refuses one
      const schema = readFileSync(join(tests, name), 'utf8');
      const withUrl = schema.replace('datasource db {', 'datasource db {\n  url = "any"');
      writeFileSync(join(tests, name), withUrl);
    }
    execFileSync(
      join(folder, 'node_modules/.bin/prisma'),
      ['generate', '--schema', join(tests, name)],
      {
        stdio: 'inherit',
        env: {
          ...process.env,
          CHECKPOINT_DISABLE: '1',
          PRISMA_SCHEMA_ENGINE_BINARY: engine,
          PRISMA_QUERY_ENGINE_LIBRARY: engine,
        },
      },
    );
  }
}

await runAll(names.map((name) => [name, () => prepare(name)]));
