/*
 * What the decorators of @nestjs/microservices, which is no dependency of this package, keep of a handler
 * of messages: `@MessagePattern()`, `@EventPattern()`, `@GrpcMethod()` and the like.
 */

/** The same for handlers of all transports. @internal */
export const PATTERN = 'microservices:pattern';
const HANDLER_TYPE = 'microservices:handler_type';
/** The number that `PatternHandler.EVENT` is. */
const EVENT = 2;

/** How a handler of messages is called. @internal */
export interface MessageOperation {
  /** In place of a method of HTTP. */
  readonly method: 'MESSAGE' | 'EVENT' | 'GRPC';
  /** The pattern as a text: `books.find`, `{"cmd":"find"}`, of gRPC `Books/Find`. */
  readonly pattern: string;
}

/** Whether a handler handles events, which nobody waits for an answer of. @internal */
export function handlesEvents(handler: object): boolean {
  return Reflect.getMetadata(HANDLER_TYPE, handler) === EVENT;
}

/** The operations of a handler of messages; none of any other. @internal */
export function messageOperations(handler: object): MessageOperation[] {
  const patterns = (Reflect.getMetadata(PATTERN, handler) ?? []) as unknown;
  const method = handlesEvents(handler) ? 'EVENT' : 'MESSAGE';
  return [patterns].flat().map((pattern: unknown) => {
    const { service, rpc } = Object(pattern) as { service?: unknown; rpc?: unknown };
    return typeof service === 'string' && typeof rpc === 'string' && 'streaming' in Object(pattern)
      ? { method: 'GRPC', pattern: grpcOperation(`${service}/${rpc}`) }
      : { method, pattern: patternText(pattern) };
  });
}

/** `/library.Books/Find`, or what a decorator names of it, without its package. @internal */
export function grpcOperation(path: string): string {
  return path.replace(/^\//, '').replace(/^[\w.]*\./, '');
}

/**
 * A pattern as the transports name it: a text, or an object with its members by name
 * (`transformPatternToRoute` of @nestjs/microservices).
 */
function patternText(pattern: unknown): string {
  if (typeof pattern !== 'object' || pattern === null) {
    return String(pattern);
  }
  const members = Object.entries(pattern)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([key, value]: [string, unknown]) => {
      const text = typeof value === 'string' ? JSON.stringify(value) : patternText(value);
      return `${JSON.stringify(key)}:${text}`;
    });
  return `{${members.join(',')}}`;
}
