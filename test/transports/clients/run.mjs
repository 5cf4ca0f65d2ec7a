import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '../../nest/installation.mjs';
import { runAll } from '../../nest/node-tests.mjs';

/*
 * Runs this library behind GraphQL, WebSockets, queues and MCP, with real clients:
 * `node test/transports/clients/run.mjs [12|11 …]`, both versions of Nest unless one is named. Expects
 * `npm run build` to have been run. Queues need a Redis server, which TEST_REDIS_URL names.
 *
 * The packages are installed in a folder for each version of Nest, so that nobody else has them. The
 * tests are compiled below it as an application is, of ES modules on Nest 12 and of CommonJS on Nest 11,
 * and find the built library in their node_modules. Each file is a process of its own.
 */

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../../..');
const asked = process.argv.slice(2);
const versions = asked.length > 0 ? asked : ['12', '11'];

/** Compiles the tests below the folder of a version. */
function prepare(version) {
  const folder = join(here, version);
  const work = join(folder, 'work');
  install(folder);
  rmSync(work, { recursive: true, force: true });
  for (const name of readdirSync(here).filter(
    (entry) => !['11', '12', 'run.mjs'].includes(entry),
  )) {
    cpSync(join(here, name), join(work, name), { recursive: true });
  }
  for (const name of ['package.json', 'dist']) {
    const target = join(work, 'node_modules/nestjs-api-errors', name);
    cpSync(join(root, name), target, { recursive: true });
  }
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', work], { stdio: 'inherit' });
  return join(work, 'built');
}

await runAll(versions.map((version) => [`Nest ${version}`, () => prepare(version)]));
