import { withApplication } from './application.loader.js';
import { publisherOf } from '../../documents/catalogue/catalogue.publisher.js';

/**
 * Lists what is wrong with the catalogue of an application, a line each.
 *
 * @returns the exit code: 1 where anything is
 * @internal
 */
export async function writeLint(entry: string, out: (text: string) => void): Promise<number> {
  const faults = await withApplication(entry, (app) => publisherOf(app).lint());
  for (const fault of faults) {
    out(`${fault}\n`);
  }
  return faults.length > 0 ? 1 : 0;
}
