import type { INestApplicationContext } from '@nestjs/common';
import { publisherOf } from '../../documents/catalogue/catalogue.publisher.js';

/**
 * Fails on anything that `npx nestjs-api-errors lint` would report: codes outside the grammar, codes
 * with two meanings, descriptions that are empty or look like a template, errors no route declares.
 *
 * @throws Error that lists what is wrong, a line each.
 * @publicApi
 */
export function checkCatalogue(app: INestApplicationContext): void {
  const faults = publisherOf(app).lint();
  if (faults.length > 0) {
    const count = `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`;
    throw new Error(`The error catalogue has ${count}:\n${faults.join('\n')}`);
  }
}
