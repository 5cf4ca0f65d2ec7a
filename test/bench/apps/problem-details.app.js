import { HttpAdapterHost } from '@nestjs/core';
import { HttpExceptionFilter } from 'nest-problem-details-filter';

export { rootModule } from './nest.app.js';

/**
 * nest-problem-details-filter as its README registers it.
 *
 * @param {import('@nestjs/common').INestApplication} app
 */
export function setUp(app) {
  app.useGlobalFilters(new HttpExceptionFilter(app.get(HttpAdapterHost)));
}
