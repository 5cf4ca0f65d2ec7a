import type { Catalogue } from '../catalogue/catalogue.js';
import { contractRows } from '../catalogue/contract-rows.js';
import { definedEntries } from '../catalogue/defined-entries.js';
import { standardRows } from '../catalogue/standard-rows.js';
import { lintCatalogue } from './catalogue.lint.js';
import type { Operation } from './operations.js';
import { publishCatalogue, type PublishedCatalogue } from './published-catalogue.js';

/**
 * An application's catalogue with who answers what. Operations are asked for only once they are all
 * known.
 *
 * @internal
 */
export class CataloguePublisher {
  constructor(
    private readonly catalogue: Catalogue,
    /** Lists the operations of the application. */
    readonly operations: () => readonly Operation[],
  ) {}

  /** How many rows there are: changes where what is published does. */
  get size(): number {
    return this.catalogue.entries().length;
  }

  publish(): PublishedCatalogue {
    return publishCatalogue(this.catalogue.entries(), this.operations());
  }

  /** What is wrong with the catalogue, a line each. */
  lint(): string[] {
    return lintCatalogue({
      published: this.publish(),
      standard: [...Object.values(contractRows), ...standardRows],
      defined: definedEntries(),
    });
  }
}
