import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { contractRows } from '../catalogue/contract-rows.js';
import { rowForStatus } from '../catalogue/status-rows.js';

/**
 * What the adapter's body parsers refuse a body with: one that cannot be read, one that is too large
 * (RFC 9110 §15.5.14), one of a type, charset or coding that nobody reads (§15.5.16).
 *
 * @internal
 */
export const bodyErrors: readonly CatalogueEntry[] = [
  contractRows.badRequest,
  rowForStatus(413),
  rowForStatus(415),
];
