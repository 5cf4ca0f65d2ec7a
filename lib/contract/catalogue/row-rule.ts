import type { CatalogueEntry } from './catalogue-entry.js';
import { toDescription } from './description.js';
import { isErrorCode } from './error-code.js';
import { strictRow } from './status-rows.js';

/**
 * Gives a row of the catalogue the code, the status or the description that it has in this
 * application: `ErrorsModule.forRoot({ rows })`. Asked about every row, those of the application's own
 * included; a row that it returns as it came stays as it is.
 *
 * @publicApi
 */
export type RowRule = (row: CatalogueEntry) => CatalogueEntry;

/** What an application makes of rows. @internal */
export interface RowSettings {
  /** Folds statuses outside the contract into its rows. */
  readonly strict: boolean;
  /** The application's own rule, which has the last word. */
  readonly rows: RowRule | undefined;
}

/** A row as an application publishes it. @internal */
export function publishedRow(row: CatalogueEntry, { strict, rows }: RowSettings): CatalogueEntry {
  const folded = strict ? strictRow(row) : row;
  return rows ? rows(folded) : folded;
}

/**
 * A row as an application answers with it: folded, it still says what is wrong.
 *
 * @internal
 */
export function answeredRow(row: CatalogueEntry, { strict, rows }: RowSettings): CatalogueEntry {
  const folded = strict ? { ...strictRow(row), description: row.description } : row;
  return rows ? rows(folded) : folded;
}

/** @throws TypeError where what a rule made is no row. @internal */
export function assertRow(made: unknown): asserts made is CatalogueEntry {
  const { status, code, description } = Object(made) as Partial<CatalogueEntry>;
  const name = typeof code === 'string' ? code.replace('{RESOURCE}', 'RESOURCE') : code;
  if (!isErrorStatus(status) || !isErrorCode(name) || toDescription(description) === undefined) {
    throw new TypeError(
      'a row is { status, code, description }: a status from 400 to 599, an UPPER_SNAKE_CASE code ' +
        'and a sentence for people',
    );
  }
}

/** @internal */
export function isErrorStatus(status: unknown): status is number {
  return Number.isInteger(status) && (status as number) >= 400 && (status as number) <= 599;
}
