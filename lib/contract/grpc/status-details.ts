import { bytesIn, decodeMessage, encodeMessage, type Field, numberIn, textIn } from './protobuf.js';

/*
 * google.rpc.Status and what may be in it, field by field:
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto and error_details.proto
 */

/** The metadata of a call that a google.rpc.Status is sent in. @internal */
export const STATUS_DETAILS = 'grpc-status-details-bin';

/** What a google.rpc.Status says of an error. @internal */
export interface StatusDetails {
  /** Status of gRPC. */
  readonly status: number;
  readonly message: string;
  /** google.rpc.ErrorInfo; without a reason there is none. */
  readonly reason: string;
  readonly domain: string;
  readonly metadata: ReadonlyMap<string, string>;
  /** google.rpc.BadRequest. */
  readonly violations: readonly FieldViolation[];
  /** google.rpc.RetryInfo, in whole seconds. */
  readonly retryAfter: number | undefined;
  /** google.rpc.RequestInfo. */
  readonly requestId: string | undefined;
}

/** google.rpc.BadRequest.FieldViolation. @internal */
export interface FieldViolation {
  readonly field: string;
  readonly description: string;
  readonly reason: string;
}

const TYPES = 'type.googleapis.com/google.rpc.';
/** Trailers are limited to 8 KiB by most servers and clients of gRPC; base64 adds a third. */
const MAX_LENGTH = 3072;
/** What is read at most. */
const MAX_READ = 64 * 1024;
const MAX_ENTRIES = 100;

/**
 * The bytes of a google.rpc.Status, with as many violations as there is room for; where there is none at
 * all, without them and without what the metadata has beside its first entry.
 *
 * @internal
 */
export function encodeStatusDetails(details: StatusDetails): Uint8Array {
  const violations = details.violations.slice(0, MAX_ENTRIES);
  let encoded = encodeStatus({ ...details, violations });
  while (encoded.length > MAX_LENGTH && violations.length > 0) {
    violations.length = Math.floor(violations.length / 2);
    encoded = encodeStatus({ ...details, violations });
  }
  return encoded.length > MAX_LENGTH
    ? encodeStatus({ ...details, violations, metadata: new Map([...details.metadata].slice(0, 1)) })
    : encoded;
}

function encodeStatus(details: StatusDetails): Uint8Array {
  const { reason, domain, metadata, violations, retryAfter, requestId } = details;
  const entries = [...metadata].map(([key, value]) =>
    encodeMessage([
      [1, key],
      [2, value],
    ]),
  );
  const errorInfo: Field[] = [[1, reason], [2, domain], ...entries.map((e): Field => [3, e])];
  return encodeMessage([
    [1, details.status],
    [2, details.message],
    detail('ErrorInfo', errorInfo),
    ...(violations.length > 0 ? [detail('BadRequest', violations.map(violationField))] : []),
    ...(retryAfter === undefined
      ? []
      : [detail('RetryInfo', [[1, encodeMessage([[1, retryAfter]])]])]),
    ...(requestId === undefined ? [] : [detail('RequestInfo', [[1, requestId]])]),
  ]);
}

/** In google.protobuf.Any. */
function detail(type: string, fields: readonly Field[]): Field {
  return [
    3,
    encodeMessage([
      [1, TYPES + type],
      [2, encodeMessage(fields)],
    ]),
  ];
}

function violationField({ field, description, reason }: FieldViolation): Field {
  return [
    1,
    encodeMessage([
      [1, field],
      [2, description],
      [3, reason],
    ]),
  ];
}

/**
 * Reads a google.rpc.Status, whoever made it; details that it does not know are left out. Never throws.
 *
 * @returns `undefined` where it is none
 * @internal
 */
export function decodeStatusDetails(bytes: Uint8Array): StatusDetails | undefined {
  try {
    return bytes.length > MAX_READ ? undefined : decodeStatus(decodeMessage(bytes));
  } catch {
    return undefined;
  }
}

function decodeStatus(status: readonly Field[]): StatusDetails {
  const details = new Map<string, Field[]>();
  for (const bytes of bytesIn(status, 3).slice(0, MAX_ENTRIES)) {
    const any = decodeMessage(bytes);
    const type = textIn(any, 1);
    const [value] = bytesIn(any, 2);
    if (type.startsWith(TYPES) && !details.has(type)) {
      details.set(type, decodeMessage(value ?? new Uint8Array()));
    }
  }
  const of = (type: string) => details.get(TYPES + type) ?? [];
  const errorInfo = of('ErrorInfo');
  const [delay] = bytesIn(of('RetryInfo'), 1);
  return {
    status: numberIn(status, 1),
    message: textIn(status, 2),
    reason: textIn(errorInfo, 1),
    domain: textIn(errorInfo, 2),
    metadata: new Map(bytesIn(errorInfo, 3).slice(0, MAX_ENTRIES).map(entry)),
    violations: bytesIn(of('BadRequest'), 1).slice(0, MAX_ENTRIES).map(violation),
    retryAfter: delay && seconds(decodeMessage(delay)),
    requestId: textIn(of('RequestInfo'), 1) || undefined,
  };
}

function entry(bytes: Uint8Array): [string, string] {
  const fields = decodeMessage(bytes);
  return [textIn(fields, 1), textIn(fields, 2)];
}

function violation(bytes: Uint8Array): FieldViolation {
  const fields = decodeMessage(bytes);
  return { field: textIn(fields, 1), description: textIn(fields, 2), reason: textIn(fields, 3) };
}

/** google.protobuf.Duration, rounded up. */
function seconds(duration: readonly Field[]): number {
  return numberIn(duration, 1) + (numberIn(duration, 2) > 0 ? 1 : 0);
}
