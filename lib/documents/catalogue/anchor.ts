import type { CatalogueEntry } from '../../contract/catalogue/catalogue-entry.js';

/** An id has no white space. @internal */
export function toId(code: string): string {
  return code.replace(/\s+/g, '_');
}

/** The id of a row on the page of the catalogue. @internal */
export function anchorOf({ code, status }: Pick<CatalogueEntry, 'code' | 'status'>): string {
  return `${toId(code)}-${status}`;
}
