import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/**
 * Runs the compiled tests of a folder, each file a process of its own.
 *
 * @returns how many passed, failed and were skipped.
 */
async function runTests(folder, concurrency) {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => join(folder, name));
  const counts = { pass: 0, fail: 0, skipped: 0 };
  const events = run({ files, concurrency, timeout: 120_000 });
  events.on('test:diagnostic', ({ message }) => {
    const [, word, number] = /^(pass|fail|cancelled|skipped) (\d+)$/.exec(message) ?? [];
    if (word) {
      counts[word === 'cancelled' ? 'fail' : word] += Number(number);
    }
  });
  for await (const text of events.compose(new spec())) {
    process.stdout.write(text);
  }
  return counts;
}

/** Runs the tests of several folders one after the other, and ends with their sum. */
export async function runAll(folders, concurrency = 2) {
  const all = { pass: 0, fail: 0, skipped: 0 };
  for (const [title, prepare] of folders) {
    console.log(`\n${title}\n`);
    for (const [word, number] of Object.entries(await runTests(prepare(), concurrency))) {
      all[word] += number;
    }
  }
  // In the words of Jest, for whoever counts
  const { pass, fail, skipped } = all;
  const words = [
    ...(fail > 0 ? [`${fail} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    `${pass} passed`,
    `${pass + fail + skipped} total`,
  ];
  console.log(`\nTests: ${words.join(', ')}`);
  process.exitCode = fail > 0 || pass === 0 ? 1 : 0;
}
