import type { CatalogueEntry } from '../../contract/catalogue/catalogue-entry.js';
import { contractRows } from '../../contract/catalogue/contract-rows.js';
import { rowForStatus } from '../../contract/catalogue/status-rows.js';

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

/** What a throttler refuses a request with (RFC 6585 §4). @internal */
export const throttlerError = rowForStatus(429);
