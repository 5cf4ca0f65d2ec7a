import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withControl } from './control.js';

const run = promisify(execFile);

/**
 * Runs each contender in a new process, round after round.
 *
 * @param {import('./once.scenarios.js').OnceScenario} scenario
 * @param {number} rounds
 */
export async function runOnceScenario(scenario, rounds) {
  const contenders = withControl(scenario.contenders);
  const costs = new Map(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const contender = contenders[(turn + round) % contenders.length];
      // oxlint-disable-next-line no-await-in-loop -- what is measured has the machine to itself
      costs.get(contender).push(await costOf(contender.script));
    }
  }
  return { adapter: 'express', scenario, costs };
}

/** @returns {Promise<import('./server.handle.js').Cost>} */
async function costOf(script) {
  const path = fileURLToPath(new URL(`once/${script}.js`, import.meta.url));
  const { stdout } = await run(process.execPath, [path], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return JSON.parse(stdout);
}
