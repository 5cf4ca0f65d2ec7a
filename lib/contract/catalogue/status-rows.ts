import type { CatalogueEntry } from './catalogue-entry.js';
import { contractRows as rows } from './contract-rows.js';
import { standardRows } from './standard-rows.js';

const byStatus = new Map<number, CatalogueEntry>(
  [
    rows.badRequest,
    rows.unauthorized,
    rows.forbidden,
    rows.notFound,
    rows.conflict,
    rows.deleted,
    rows.internalServerError,
    rows.serviceUnavailable,
    ...standardRows,
  ].map((row) => [row.status, row]),
);

/**
 * The generic row of an HTTP status. An unregistered 4xx keeps its status under BAD_REQUEST; what
 * is no error status at all (RFC 9110 §15: below 400, above 599, not an integer) is a fault of the
 * server, 500.
 *
 * @internal
 */
export function rowForStatus(status: unknown): CatalogueEntry {
  const row = byStatus.get(status as number);
  if (row) {
    return row;
  }
  if (!Number.isInteger(status) || (status as number) < 400 || (status as number) > 599) {
    return rows.internalServerError;
  }
  const fallback = (status as number) < 500 ? rows.badRequest : rows.internalServerError;
  return { ...fallback, status: status as number };
}

const contractStatuses = new Set<number>(Object.values(rows).map((row) => row.status));
const folded = new Map<number, CatalogueEntry>([
  [413, rows.parameterLimitExceeded],
  [422, rows.invalidParameter],
  [429, rows.resourceLimitExceeded],
  [502, rows.serviceUnavailable],
  [504, rows.serviceUnavailable],
]);

/**
 * The contract's row for an entry whose status is outside the contract (`strict: true`); entries at
 * a status of the contract stay as they are.
 *
 * @internal
 */
export function strictRow(entry: CatalogueEntry): CatalogueEntry {
  if (contractStatuses.has(entry.status)) {
    return entry;
  }
  return (
    folded.get(entry.status) ?? (entry.status < 500 ? rows.badRequest : rows.internalServerError)
  );
}
