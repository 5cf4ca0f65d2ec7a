import { NotFoundException } from '@nestjs/common';
import { moduleOf } from './nest.module.js';
import { routes } from './routes.js';

/** Nest as it comes, with its own filter. */
export function rootModule() {
  return moduleOf(routes(NotFoundException));
}
