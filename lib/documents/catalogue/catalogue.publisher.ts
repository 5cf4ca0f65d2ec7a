import type { INestApplicationContext } from '@nestjs/common';
import type { Catalogue } from '../../contract/catalogue/catalogue.js';
import { contractRows } from '../../contract/catalogue/contract-rows.js';
import { definedEntries } from '../../contract/catalogue/defined-entries.js';
import { standardRows } from '../../contract/catalogue/standard-rows.js';
import { lintCatalogue } from './catalogue.lint.js';
import { providerOf } from '../../nest/component.js';
import type { RouteDeclarations } from '../declared/route-declarations.js';
import { type Operation, operationsOf } from './operations.js';
import { publishCatalogue, type PublishedCatalogue } from './published-catalogue.js';

/** DI token of {@link CataloguePublisher}, the same in every copy of this library. @internal */
export const CATALOGUE_PUBLISHER = Symbol.for('nestjs-api-errors:catalogue-publisher');

/**
 * An application's catalogue with who answers what. Operations are asked for only once they are all
 * known.
 *
 * @internal
 */
export class CataloguePublisher {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly declarations: RouteDeclarations,
  ) {}

  /** The operations of the application. */
  operations(): readonly Operation[] {
    return operationsOf(this.declarations);
  }

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

/** @throws Error where the application does not import `ErrorsModule`. @internal */
export function publisherOf(app: INestApplicationContext): CataloguePublisher {
  const publisher = providerOf<CataloguePublisher>(app, CATALOGUE_PUBLISHER);
  if (!publisher) {
    throw new Error('The application does not import ErrorsModule of nestjs-api-errors.');
  }
  return publisher;
}
