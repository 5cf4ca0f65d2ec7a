import { processWide } from '../contract/process-wide.js';
import type { AnyRequest } from './request.js';

/** The metadata of a call of @grpc/grpc-js. @internal */
export interface GrpcMetadata {
  get(key: string): unknown[];
  set(key: string, value: string | Buffer): void;
  getMap(): object;
}

/** A call of @grpc/grpc-js on the server's side, by what is used of it. @internal */
export interface GrpcCall {
  readonly metadata: GrpcMetadata;
  /** `/library.Books/Find`. */
  getPath(): string;
  sendMetadata(metadata: GrpcMetadata): void;
  emit(event: 'error', error: object): boolean;
}

/**
 * The call among the arguments that Nest calls a handler with: the third of `@GrpcMethod()` and
 * `@GrpcStreamMethod()`, the first of `@GrpcStreamCall()`. By its structure, as @grpc/grpc-js is no
 * dependency of this package.
 *
 * @returns `undefined` where it is another transport's
 * @internal
 */
export function grpcCallOf(args: readonly unknown[]): GrpcCall | undefined {
  return args.find(isCall);
}

/** How the handler of `@GrpcStreamCall()` answers, which has the call and nothing else. @internal */
export function directAnswer(
  args: readonly unknown[],
  call: GrpcCall,
): ((error: object) => void) | undefined {
  const [first, callback] = args;
  if (first !== call) {
    return undefined;
  }
  return typeof callback === 'function'
    ? (error) => void callback(error)
    : (error) => void call.emit('error', error);
}

/** Metadata of the same class as those of a call. @internal */
export function newMetadata({ metadata }: GrpcCall): GrpcMetadata {
  return new (metadata.constructor as new () => GrpcMetadata)();
}

// One for every copy of this library: one has the guard, another may read what it verified
const requests = processWide('grpc-requests', () => new WeakMap<GrpcCall, AnyRequest>());

/**
 * A call as a request with its `authorization`, the same one each time. Nothing else that a request of
 * HTTP has is there: what looks at its connection finds none.
 *
 * @internal
 */
export function requestOfCall(call: GrpcCall): AnyRequest {
  const request = requests.get(call) ?? toRequest(call);
  requests.set(call, request);
  return request;
}

function toRequest(call: GrpcCall): AnyRequest {
  const lines = call.metadata.get('authorization').map(String);
  const request = {
    method: 'POST',
    url: call.getPath(),
    headers: lines.length > 0 ? { authorization: lines[0]! } : {},
    rawHeaders: lines.flatMap((line) => ['authorization', line]),
    socket: {},
  };
  return request;
}

function isCall(value: unknown): value is GrpcCall {
  const { metadata, getPath, sendMetadata } = Object(value) as Partial<GrpcCall>;
  return (
    typeof getPath === 'function' &&
    typeof sendMetadata === 'function' &&
    typeof Object(metadata).getMap === 'function'
  );
}
