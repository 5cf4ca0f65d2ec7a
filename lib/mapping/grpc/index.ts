export { type GrpcError, readGrpcError } from '../remote/grpc-error.js';
export { rebuildError, rebuildErrors, type RebuildOptions } from '../remote/rebuild-errors.js';
export { withRebuiltErrors } from '../remote/rebuilt-client.js';
export type { SentError } from '../remote/sent-error.js';
