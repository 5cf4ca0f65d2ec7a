import { NotFoundException as NestNotFoundException } from '@nestjs/common';
import { ErrorsModule, NotFoundException } from 'nestjs-api-errors';
import { moduleOf } from './nest.module.js';
import { routes } from './routes.js';

/**
 * The bare import of this library.
 *
 * @param {{ throws?: 'nest' }} options
 */
export function rootModule({ throws }) {
  const NotFound = throws === 'nest' ? NestNotFoundException : NotFoundException;
  return moduleOf(routes(NotFound), { imports: [ErrorsModule] });
}
