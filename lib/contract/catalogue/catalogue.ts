import { type CatalogueEntry, keyOf } from './catalogue-entry.js';
import { contractRows } from './contract-rows.js';
import { definedEntries } from './defined-entries.js';
import { standardRows } from './standard-rows.js';
import { publishedRow, type RowSettings } from './row-rule.js';
import { strictRow } from './status-rows.js';

/** DI token of the {@link Catalogue}, the same in every copy of this library. @internal */
export const CATALOGUE = Symbol.for('nestjs-api-errors:catalogue');

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
  readonly #settings: RowSettings;

  /** @internal */
  constructor(settings: RowSettings) {
    this.#settings = settings;
  }

  /**
   * Every row, each (status, code) once, ordered by status and then as documented: the contract's
   * 19, the standard statuses outside them (not with `strict: true`), the application's own
   * {@link defineException} classes and the resources named by `.for('BOOK')` or `@Resource('BOOK')`;
   * each as the `rows` option has it.
   */
  entries(): CatalogueEntry[] {
    const rows: CatalogueEntry[] = [
      ...Object.values(contractRows),
      ...standardRows,
      ...definedEntries(),
    ];
    const unique = new Map<string, CatalogueEntry>();
    for (const row of rows) {
      if (!this.#settings.strict || strictRow(row) === row) {
        const published = publishedRow(row, this.#settings);
        const key = keyOf(published);
        unique.set(key, unique.get(key) ?? published);
      }
    }
    return [...unique.values()].toSorted((a, b) => a.status - b.status);
  }

  /** The rows of one code, of which LIMIT_EXCEEDED and OUT_OF_RANGE have two (400 and 403). */
  find(code: string): CatalogueEntry[] {
    return this.entries().filter((row) => row.code === code);
  }
}
