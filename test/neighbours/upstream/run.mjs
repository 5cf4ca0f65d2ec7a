import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { install } from '../../nest/installation.mjs';

/*
 * Runs upstreamErrors() against real clients of other services: `node test/neighbours/upstream/run.mjs`.
 * Expects `npm run build` to have been run. Redis, NATS and RabbitMQ are used where TEST_REDIS_URL,
 * TEST_NATS_URL and TEST_AMQP_URL name them.
 */

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../../..');
const library = join(here, 'node_modules/nestjs-api-errors');

install(here);
rmSync(library, { recursive: true, force: true });
for (const name of ['package.json', 'dist']) {
  cpSync(join(root, name), join(library, name), { recursive: true });
}

const counts = { pass: 0, fail: 0, cancelled: 0, skipped: 0 };
const events = run({ files: [join(here, 'upstream.test.mjs')], timeout: 120_000, forceExit: true });
events.on('test:diagnostic', ({ message }) => {
  const [, word, number] = /^(pass|fail|cancelled|skipped) (\d+)$/.exec(message) ?? [];
  if (word) {
    counts[word] += Number(number);
  }
});
for await (const text of events.compose(new spec())) {
  process.stdout.write(text);
}
// In the words of Jest, for whoever counts
const { pass, skipped } = counts;
const fail = counts.fail + counts.cancelled;
const parts = [fail && `${fail} failed`, skipped && `${skipped} skipped`, `${pass} passed`];
console.log(`\nTests: ${parts.filter(Boolean).join(', ')}, ${pass + fail + skipped} total`);
process.exitCode = fail > 0 || pass === 0 ? 1 : 0;
