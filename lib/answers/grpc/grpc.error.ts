import { canonicalStatus } from '../../contract/grpc/canonical-status.js';
import { toErrorMetadata, toReason } from '../../contract/grpc/error-metadata.js';
import { encodeStatusDetails, STATUS_DETAILS } from '../../contract/grpc/status-details.js';
import { type GrpcCall, type GrpcMetadata, newMetadata } from '../../nest/grpc-call.js';
import type { Answer } from '../answer.js';
import type { AnswerSettings } from '../answer.settings.js';

/** What a server of gRPC fails a call with (`ServerErrorResponse` of @grpc/grpc-js). */
interface GrpcStatus {
  readonly code: number;
  readonly details: string;
  readonly message: string;
  readonly metadata: GrpcMetadata;
}

/**
 * An answer as gRPC has it: a canonical status, and a google.rpc.Status in its trailers whose `ErrorInfo`
 * has the code as its reason (https://google.aip.dev/193). Failed parameters are always told, as the
 * clients of gRPC look for them there.
 *
 * @internal
 */
export function toGrpcError(answer: Answer, settings: AnswerSettings, call: GrpcCall): GrpcStatus {
  const { status, code, description, retryAfter, failures = [], members, requestId } = answer;
  const grpcStatus = canonicalStatus(answer);
  const bytes = encodeStatusDetails({
    status: grpcStatus,
    message: description,
    reason: code,
    domain: settings.grpcDomain ?? serviceOf(call),
    metadata: toErrorMetadata(status, members),
    violations: failures.map((failure) => ({
      field: failure.parameter,
      description: failure.description,
      reason: toReason(failure.rule),
    })),
    retryAfter,
    requestId: settings.requestId ? requestId : undefined,
  });
  const metadata = newMetadata(call);
  metadata.set(STATUS_DETAILS, Buffer.from(bytes));
  return { code: grpcStatus, details: description, message: description, metadata };
}

/** `library.v1.Books` of `/library.v1.Books/Find`. */
function serviceOf(call: GrpcCall): string {
  return call.getPath().split('/')[1] ?? '';
}
