import { catalogueFormats } from '../../documents/catalogue/catalogue.formats.js';
import { withApplication } from './application.loader.js';
import { publisherOf } from '../../documents/catalogue/catalogue.publisher.js';
import { writeOpenApi } from './openapi.writer.js';

/** What `catalogue --format` writes. @internal */
export const catalogueOutputs = ['json', 'md', 'html', 'openapi'] as const;

/** @internal */
export type CatalogueOutput = (typeof catalogueOutputs)[number];

/** The catalogue of an application, as a text. @internal */
export function writeCatalogue(entry: string, format: CatalogueOutput): Promise<string> {
  return withApplication(entry, (app) =>
    format === 'openapi'
      ? writeOpenApi(app)
      : catalogueFormats[format].render(publisherOf(app).publish()),
  );
}
