import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CoverageData, mergeCoverage, percentOf } from '../coverage/coverage.data.js';
import { readCoverage } from '../coverage/coverage.files.js';
import {
  LISTING,
  toCoverageJson,
  toLcov,
  toListing,
  toMissingTable,
} from '../coverage/coverage.formats.js';
import { UsageError } from './usage.error.js';

const formats: Readonly<Record<string, (data: CoverageData, folder: string) => string>> = {
  table: (data) => {
    const percent = `${percentOf(data).toFixed(1)} % of the declared errors were seen`;
    return percentOf(data) === 100 ? `${percent}\n` : `${percent}\n\n${toMissingTable(data)}\n`;
  },
  json: toCoverageJson,
  lcov: (data, folder) => {
    const listing = join(folder, LISTING);
    writeFileSync(listing, toListing(data));
    return toLcov(data, listing);
  },
};

/** @internal */
export interface CoverageCommandOptions {
  readonly format?: unknown;
  readonly threshold?: unknown;
}

/**
 * Writes what the processes of a test run saw of the declared errors, together.
 *
 * @returns the exit code: 1 where it is less than the threshold
 * @throws UsageError for a format or a threshold that is none.
 * @internal
 */
export function writeCoverage(
  folder: string,
  { format = 'table', threshold = '100' }: CoverageCommandOptions,
  out: (text: string) => void,
): number {
  if (!Object.hasOwn(formats, String(format))) {
    const names = Object.keys(formats).join(', ');
    throw new UsageError(`--format '${String(format)}' is invalid; it takes ${names}`);
  }
  if (!/^\d{1,3}(\.\d+)?$/.test(String(threshold)) || Number(threshold) > 100) {
    throw new UsageError(`--threshold '${String(threshold)}' is no percentage from 0 to 100`);
  }
  const data = mergeCoverage(readCoverage(folder));
  out(formats[String(format)]!(data, folder));
  return percentOf(data) < Number(threshold) ? 1 : 0;
}
