/**
 * `npm run bench`: server CPU time per request, and what that is of the alternatives'.
 *
 * --quick           a run of a minute or two that shows that the bench works; its figures say little
 * --only <text>     scenarios whose title contains the text
 * --adapter <name>  express or fastify alone
 * --rounds <n>      rounds of interleaved blocks
 * --profile <dir>   writes a CPU profile of every application there
 */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { bearerGroup } from './bearer.scenarios.js';
import { errorsGroups } from './errors.scenarios.js';
import { Issuer } from './issuer.js';
import { comparisons, TABLE_HEAD, toRow } from './report.js';
import { runOnceScenario } from './once.runner.js';
import { onceScenarios } from './once.scenarios.js';
import { requestsPerProcess, runGroup } from './scenario.runner.js';

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    adapter: { type: 'string' },
    rounds: { type: 'string' },
    profile: { type: 'string' },
  },
});

/** @type {import('./scenario.runner.js').Effort} */
const effort = {
  ...(flags.quick
    ? { rounds: 5, warmUp: 400, share: 0.5 }
    : { rounds: 24, warmUp: 1500, share: 1 }),
  ...(flags.rounds && { rounds: Number(flags.rounds) }),
  profile: flags.profile,
};
const adapters = flags.adapter ? [flags.adapter] : ['express', 'fastify'];

/** The group without the scenarios that were not asked for. */
function selected(group) {
  const scenarios = group.scenarios.filter(({ title }) => title.includes(flags.only));
  return scenarios.length === 0 ? [] : [{ ...group, scenarios }];
}

/** One group of all: starting processes is much of what a short run does. */
function merged(groups) {
  return [{ requests: 150, repeats: 1, scenarios: groups.flatMap(({ scenarios }) => scenarios) }];
}

const issuer = await Issuer.start();
try {
  const bearer = await bearerGroup(issuer, (group) => requestsPerProcess(group, effort));
  const groups = [...errorsGroups, bearer].flatMap(selected);
  console.log(`
Microseconds of server CPU time per request: process.cpuUsage() of one process per application, on
Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model}. Medians of ${effort.rounds} interleaved rounds per set of processes,
ten keep-alive connections, loggers off unless said otherwise, garbage collected on the main thread. A
ratio is the median of the rounds in which two processes of the same code differed by 5 % at the most.
`);
  console.log(TABLE_HEAD);
  const tell = (result) => console.log(comparisons(result).map(toRow).join('\n'));
  for (const scenario of onceScenarios.filter(({ title }) => title.includes(flags.only))) {
    // oxlint-disable-next-line no-await-in-loop -- what is measured has the machine to itself
    tell(await runOnceScenario(scenario, effort.rounds));
  }
  for (const group of flags.quick ? merged(groups) : groups) {
    for (const adapter of adapters) {
      // oxlint-disable-next-line no-await-in-loop -- what is measured has the machine to itself
      const results = await runGroup(group, adapter, effort, issuer.url);
      results.forEach(tell);
    }
  }
} finally {
  issuer.stop();
}
