import { type CoverageData, missingOf, percentOf } from './coverage.data.js';
import { toTable } from './table.js';

/** The file that `lcov` speaks of, one declared error a line. @internal */
export const LISTING = 'errors.txt';

/** The missing pairs, for people. @internal */
export function toMissingTable(data: CoverageData): string {
  const rows = missingOf(data).map(({ operation, status, code }) => [operation, `${status}`, code]);
  return toTable(['operation', 'status', 'code never seen'], rows);
}

/** @internal */
export function toCoverageJson(data: CoverageData): string {
  const { declared } = data;
  const report = { percent: percentOf(data), declared, missing: missingOf(data) };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Every declared error, one a line. @internal */
export function toListing({ declared }: CoverageData): string {
  return declared.map(({ operation, status, code }) => `${operation} ${status} ${code}\n`).join('');
}

/**
 * As LCOV has it, which knows lines of files: those of the listing. A line was hit once or never.
 *
 * @param listing - path of the listing
 * @internal
 */
export function toLcov(data: CoverageData, listing: string): string {
  const { declared } = data;
  const missing = new Set(missingOf(data));
  const lines = declared.map((answer, i) => `DA:${i + 1},${missing.has(answer) ? 0 : 1}\n`);
  return (
    `TN:errors\nSF:${listing}\n${lines.join('')}` +
    `LF:${declared.length}\nLH:${declared.length - missing.size}\nend_of_record\n`
  );
}
