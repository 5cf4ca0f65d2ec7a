import { fromErrorMetadata, fromReason } from '../../contract/grpc/error-metadata.js';
import { decodeStatusDetails, STATUS_DETAILS } from '../../contract/grpc/status-details.js';
import { checkedError, type SentError } from './sent-error.js';

/** An error of @grpc/grpc-js, by what is read of it. */
interface ServiceError {
  readonly code: number;
  readonly details: string;
  readonly metadata: { get(key: string): unknown };
}

/** What a service of this contract said of an error over gRPC. @publicApi */
export interface GrpcError extends SentError {
  /** Domain of the code: `google.rpc.ErrorInfo.domain`. */
  readonly domain: string;
}

/** Whether something is what a client of gRPC fails with. @internal */
export function isServiceError(value: unknown): value is ServiceError {
  const { code, details, metadata } = Object(value) as Partial<ServiceError>;
  return (
    typeof code === 'number' &&
    typeof details === 'string' &&
    typeof Object(metadata).get === 'function'
  );
}

/**
 * Reads what an error of a gRPC client tells of this contract: `google.rpc.ErrorInfo` with a reason and
 * the HTTP status in its metadata, and what else is in `grpc-status-details-bin`. Takes of each part
 * no more than what is one. Never throws.
 *
 * @param error - what a call of @grpc/grpc-js, or of Nest's `ClientGrpc`, failed with
 * @returns `undefined` for an error that is none, or of a service with another contract
 * @publicApi
 */
export function readGrpcError(error: unknown): GrpcError | undefined {
  try {
    return isServiceError(error) ? read(error) : undefined;
  } catch {
    return undefined;
  }
}

function read({ metadata, details: message }: ServiceError): GrpcError | undefined {
  const [bytes] = [metadata.get(STATUS_DETAILS)].flat();
  const details = bytes instanceof Uint8Array ? decodeStatusDetails(bytes) : undefined;
  const own = details && fromErrorMetadata(details.metadata);
  const error =
    own &&
    checkedError({
      ...own,
      code: details.reason,
      description: details.message || message,
      retryAfter: details.retryAfter,
      failures: details.violations.map(({ field, description, reason }) => ({
        parameter: field,
        rule: fromReason(reason),
        description,
      })),
    });
  return error && { ...error, domain: details.domain };
}
