/**
 * `npm run bench`: server CPU time per request, and what that is of the alternatives'.
 *
 * --quick           a run of seconds that shows that the bench works; its figures say little
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
import { TABLE_HEAD, toRows } from './report.js';
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
    ? { rounds: 3, warmUp: 100, share: 0.5 }
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

/** One group of all: starting processes is most of what a quick run does. */
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
ten keep-alive connections, loggers off unless said otherwise. A ratio is the median of the rounds'.
`);
  console.log(TABLE_HEAD);
  for (const group of flags.quick ? merged(groups) : groups) {
    for (const adapter of adapters) {
      // oxlint-disable-next-line no-await-in-loop -- what is measured has the machine to itself
      const results = await runGroup(group, adapter, effort, issuer.url);
      console.log(results.flatMap(toRows).join('\n'));
    }
  }
} finally {
  issuer.stop();
}
