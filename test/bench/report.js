import { median, quantile } from './median.js';

export const TABLE_HEAD = `| scenario | adapter | µs | against | µs | ratio | middle half | target | |
|---|---|--:|---|--:|--:|--:|--:|---|`;

/**
 * @param {import('./scenario.runner.js').Result} result
 * @returns {string[]} rows of a table in Markdown: ours against each other contender
 */
export function toRows({ adapter, scenario, costs }) {
  const [[, ours], ...others] = [...costs];
  return others.map(([{ name, target }, theirs]) => {
    const ratios = ours.map((cost, round) => cost / theirs[round]);
    const most = target?.[adapter];
    const cells = [
      scenario.title,
      adapter,
      micro(ours),
      name,
      micro(theirs),
      median(ratios).toFixed(3),
      `${quantile(ratios, 0.25).toFixed(2)} – ${quantile(ratios, 0.75).toFixed(2)}`,
      most === undefined ? '' : `≤ ${most.toFixed(2)}`,
      most === undefined ? '' : median(ratios) <= most ? 'met' : '**not met**',
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

function micro(costs) {
  return median(costs).toFixed(1);
}
