import { processWide } from '../process-wide.js';
import type { CatalogueEntry } from './catalogue-entry.js';

// Definitions are made where modules are evaluated, before any application exists: as with
// decorators' metadata, the process is their only common place.
const entries = processWide<CatalogueEntry[]>('defined-entries', () => []);

/** Makes an application's own row known to every {@link Catalogue}. @internal */
export function defineEntry(entry: CatalogueEntry): void {
  entries.push(Object.freeze({ ...entry }));
}

/** Rows made known with {@link defineEntry}, in the order of their definition. @internal */
export function definedEntries(): readonly CatalogueEntry[] {
  return entries;
}
