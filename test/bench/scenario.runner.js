import { APPLICATIONS } from './applications.js';
import { applicationOf, withControl } from './control.js';
import { measureBlock, PRIMING_REQUESTS } from './load.js';
import { ServerHandle } from './server.handle.js';

/**
 * @typedef {object} Effort
 * @property {number} rounds of interleaved blocks
 * @property {number} warmUp requests of each contender before the first round
 * @property {number} share of a group's own number of requests and repeats
 * @property {string} [profile] directory of CPU profiles
 *
 * @typedef {object} Result one scenario on one adapter
 * @property {import('./scenario.js').Adapter} adapter
 * @property {import('./scenario.js').Scenario} scenario
 * @property {Map<import('./scenario.js').Contender, import('./server.handle.js').Cost[]>} costs round by round
 */

/** How many requests of a scenario reach one process at most. */
export function requestsPerProcess(group, effort) {
  return effort.warmUp + (effort.rounds + 1) * (PRIMING_REQUESTS + blockSize(group, effort));
}

function blockSize({ requests }, { share }) {
  return Math.ceil(requests * share);
}

/**
 * Runs the scenarios of a group on one adapter: each application in a process of its own, warmed
 * up, then loaded in turn, round after round, so that what else the machine does falls on all alike.
 *
 * @param {import('./scenario.js').Group} group
 * @param {import('./scenario.js').Adapter} adapter
 * @param {Effort} effort
 * @param {string} issuer
 * @returns {Promise<Result[]>}
 */
export async function runGroup(group, adapter, effort, issuer) {
  const results = group.scenarios.map((scenario) => {
    const contenders = withControl(
      scenario.contenders.filter(({ adapters }) => adapters?.includes(adapter) ?? true),
    );
    return { adapter, scenario, costs: new Map(contenders.map((contender) => [contender, []])) };
  });
  for (let repeat = 0; repeat < Math.ceil(group.repeats * effort.share); repeat += 1) {
    // oxlint-disable-next-line no-await-in-loop -- what is measured has the machine to itself
    await runOnce(group, results, effort, issuer);
  }
  return results;
}

async function runOnce(group, results, effort, issuer) {
  const { adapter } = results[0];
  const used = new Set(results.flatMap(({ costs }) => [...costs.keys()].map(({ on }) => on)));
  const servers = new Map(
    await Promise.all(
      [...used].map(async (key) => [
        key,
        await ServerHandle.start(adapter, APPLICATIONS[applicationOf(key)], {
          profile: effort.profile,
          issuer,
        }),
      ]),
    ),
  );
  try {
    for (const { costs } of results) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      await runRounds(costs, servers, blockSize(group, effort), effort);
    }
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

async function runRounds(costs, servers, size, { rounds, warmUp }) {
  const runners = [...costs].map(([contender, figures]) => {
    let sent = 0;
    const nextRequest = () => contender.request(sent++);
    const measure = (count) =>
      measureBlock(servers.get(contender.on), contender, nextRequest, count);
    return { figures, measure };
  });
  for (const { measure } of runners) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    await measure(warmUp);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < runners.length; turn += 1) {
      // Nobody is always first, nor always after the same one
      const { figures, measure } = runners[(turn + round) % runners.length];
      // oxlint-disable-next-line no-await-in-loop -- as above
      figures.push(await measure(size));
    }
  }
}
