import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';

/** The statuses of gRPC that errors have, https://grpc.io/docs/guides/status-codes/. @internal */
export const grpcStatuses = {
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

const s = grpcStatuses;

/** As AIP-193 and google.rpc.Code pair them, and gRPC's own mapping where those name none. */
const BY_STATUS: ReadonlyMap<number, number> = new Map([
  [400, s.INVALID_ARGUMENT],
  [401, s.UNAUTHENTICATED],
  [403, s.PERMISSION_DENIED],
  [404, s.NOT_FOUND],
  [408, s.DEADLINE_EXCEEDED],
  [409, s.ABORTED],
  [410, s.NOT_FOUND],
  [413, s.INVALID_ARGUMENT],
  [415, s.INVALID_ARGUMENT],
  [416, s.OUT_OF_RANGE],
  [422, s.INVALID_ARGUMENT],
  [429, s.RESOURCE_EXHAUSTED],
  [499, s.CANCELLED],
  [501, s.UNIMPLEMENTED],
  [502, s.UNAVAILABLE],
  [503, s.UNAVAILABLE],
  [504, s.DEADLINE_EXCEEDED],
  [507, s.RESOURCE_EXHAUSTED],
]);

/**
 * The status that gRPC has for an error of the catalogue (https://google.aip.dev/193,
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto).
 *
 * @internal
 */
export function canonicalStatus({ status, code }: Pick<CatalogueEntry, 'status' | 'code'>): number {
  if (code === 'OUT_OF_RANGE') {
    return s.OUT_OF_RANGE;
  }
  if (status === 403 && code === 'LIMIT_EXCEEDED') {
    return s.RESOURCE_EXHAUSTED;
  }
  if (status === 409 && /(?:^|_)ALREADY_EXISTS?$/.test(code)) {
    return s.ALREADY_EXISTS;
  }
  return BY_STATUS.get(status) ?? (status < 500 ? s.FAILED_PRECONDITION : s.INTERNAL);
}
