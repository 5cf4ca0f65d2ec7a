import type { CatalogueEntry } from './catalogue-entry.js';
import { contractRows } from './contract-rows.js';
import { definedEntries } from './defined-entries.js';
import { standardRows } from './standard-rows.js';
import { strictRow } from './status-rows.js';

/**
 * The rows that an application can answer with. Injectable wherever `ErrorsModule` is imported.
 *
 * @example
 * ```ts
 * constructor(@Inject(Catalogue) private readonly catalogue: Catalogue) {}
 * // this.catalogue.entries() → [{ status: 400, code: 'BAD_REQUEST', description: '…' }, …]
 * ```
 * @publicApi
 */
export class Catalogue {
  readonly #strict: boolean;

  /** @internal */
  constructor(strict = false) {
    this.#strict = strict;
  }

  /**
   * Every row, each (status, code) once, ordered by status and then as documented: the contract's
   * 19, the standard statuses outside them (not with `strict: true`), the application's own
   * {@link defineException} classes and the resources named by `.for('BOOK')` or `@Resource('BOOK')`.
   */
  entries(): CatalogueEntry[] {
    const rows: CatalogueEntry[] = [
      ...Object.values(contractRows),
      ...standardRows,
      ...definedEntries(),
    ];
    const unique = new Map<string, CatalogueEntry>();
    for (const row of rows) {
      const key = `${row.status} ${row.code}`;
      if (!unique.has(key) && !(this.#strict && strictRow(row) !== row)) {
        unique.set(key, row);
      }
    }
    return [...unique.values()].toSorted((a, b) => a.status - b.status);
  }

  /** The rows of one code, of which LIMIT_EXCEEDED and OUT_OF_RANGE have two (400 and 403). */
  find(code: string): CatalogueEntry[] {
    return this.entries().filter((row) => row.code === code);
  }
}
