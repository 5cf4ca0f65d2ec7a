import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '../../nest/installation.mjs';
import { runAll } from '../../nest/node-tests.mjs';

/*
 * Runs this library's messages and gRPC, both sides: `node test/transports/messages/run.mjs
 * [12|11|11-floor …]`, every version of Nest unless one is named. Expects `npm run build` to have been
 * run. Brokers are those that TEST_REDIS_URL, TEST_NATS_URL, TEST_AMQP_URL and TEST_MQTT_URL name; tests
 * of one that is not named are skipped.
 *
 * What is tested is compiled below a folder with its own node_modules, as an application is: of ES
 * modules on Nest 12 and of CommonJS on Nest 11. Each file is a process of its own.
 */

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../../..');
const all = ['12', '11', '11-floor'];
const asked = process.argv.slice(2);
const versions = asked.length > 0 ? asked : all;

/** Compiles the tests below the folder of a version. */
function prepare(version) {
  const folder = join(here, version);
  const work = join(folder, 'work');
  install(folder);
  rmSync(work, { recursive: true, force: true });
  for (const name of readdirSync(here).filter((entry) => statSync(join(here, entry)).isFile())) {
    cpSync(join(here, name), join(work, name));
  }
  for (const name of ['package.json', 'dist']) {
    const target = join(work, 'node_modules/nestjs-api-errors', name);
    cpSync(join(root, name), target, { recursive: true });
  }
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', work], { stdio: 'inherit' });
  return join(work, 'built');
}

await runAll(versions.map((version) => [`Nest ${version}`, () => prepare(version)]));
