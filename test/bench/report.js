import { quietRounds } from './control.js';
import { median, quantile } from './median.js';

export const TABLE_HEAD = `| scenario | adapter | µs | against | µs | ratio | middle half | instructions | quiet rounds | target | |
|---|---|--:|---|--:|--:|--:|--:|--:|--:|---|`;

/** Of fewer rounds no ratio is told. */
const MIN_ROUNDS = 5;

/**
 * @typedef {object} Comparison ours against one other contender
 * @property {string} scenario
 * @property {string} adapter
 * @property {string} against
 * @property {number | undefined} target
 * @property {readonly [Cost[], Cost[]]} costs ours and theirs, round by round
 * @property {number} ratio the median of the rounds in which the machine was quiet, or of all
 * @property {boolean} isMeasured whether there were enough of them
 * @property {string} quiet how many there were
 *
 * @typedef {import('./server.handle.js').Cost} Cost
 */

/**
 * @param {import('./scenario.runner.js').Result} result
 * @returns {Comparison[]}
 */
export function comparisons({ adapter, scenario, costs: measured }) {
  const { quiet, all } = quietRounds(measured);
  const [rounds, good] = [all, quiet].map((costs) => [...costs.values()][0].length);
  const isMeasured = good >= MIN_ROUNDS;
  const [[, ours], ...others] = [...(isMeasured ? quiet : all)];
  return others.map(([{ name, target }, theirs]) => ({
    scenario: scenario.title,
    adapter,
    against: name,
    target: typeof target === 'object' ? target[adapter] : target,
    costs: [ours, theirs],
    ratio: median(ratiosOf(ours, theirs, 'cpu')),
    isMeasured,
    quiet: `${good} of ${rounds}`,
  }));
}

/** @param {Comparison} comparison as a row of a table in Markdown */
export function toRow({ scenario, adapter, against, target, costs, ratio, isMeasured, quiet }) {
  const [ours, theirs] = costs;
  const cells = [
    scenario,
    adapter,
    ...(isMeasured
      ? [micro(ours), against, micro(theirs), ratio.toFixed(3), ...spread(ours, theirs)]
      : ['', against, '', 'the machine was busy', '', '']),
    quiet,
    target === undefined ? '' : `≤ ${target.toFixed(2)}`,
    target === undefined || !isMeasured ? '' : ratio <= target ? 'met' : '**not met**',
  ];
  return `| ${cells.join(' | ')} |`;
}

function ratiosOf(ours, theirs, unit) {
  return ours.map((cost, round) => cost[unit] / theirs[round][unit]);
}

/** Where the middle half of the rounds had the ratio, and the ratio of instructions. */
function spread(ours, theirs) {
  const ratios = ratiosOf(ours, theirs, 'cpu');
  const middle = `${quantile(ratios, 0.25).toFixed(2)} – ${quantile(ratios, 0.75).toFixed(2)}`;
  const isCounted = ours[0].instructions !== undefined;
  return [middle, isCounted ? median(ratiosOf(ours, theirs, 'instructions')).toFixed(3) : ''];
}

function micro(costs) {
  return median(costs.map(({ cpu }) => cpu)).toFixed(1);
}
