import type { INestApplicationContext } from '@nestjs/common';
import { CataloguePublisher } from '../publish/catalogue.publisher.js';
import { UsageError } from './usage.error.js';

/** @throws UsageError where the application does not import `ErrorsModule`. @internal */
export function publisherOf(app: INestApplicationContext): CataloguePublisher {
  try {
    return app.get(CataloguePublisher, { strict: false });
  } catch {
    throw new UsageError('the application does not import ErrorsModule of this package');
  }
}
