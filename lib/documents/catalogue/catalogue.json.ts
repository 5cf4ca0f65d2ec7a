import type { PublishedCatalogue } from './published-catalogue.js';

/** The catalogue for programs; what `nestjs-api-errors diff` compares. @internal */
export function catalogueJson(catalogue: PublishedCatalogue): string {
  return `${JSON.stringify(catalogue, null, 2)}\n`;
}
