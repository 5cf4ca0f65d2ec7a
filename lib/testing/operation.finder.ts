import { match } from 'path-to-regexp';
import type { Operation } from '../publish/operations.js';

/** What a request tells of the operation that it asks for. */
interface Asked {
  readonly method: string;
  /** The route as the router matched it; what fails before, a body that cannot be read, has none. */
  readonly route: string | undefined;
  readonly path: string;
}

/** Finds the operation that a request asks for. @internal */
export function operationFinder(
  operations: readonly Operation[],
): (asked: Asked) => Operation | undefined {
  // A route without parameters is asked for before one whose parameter would match it
  const candidates = operations
    .map((operation) => ({ operation, matches: matcher(operation.pattern) }))
    .toSorted((a, b) => parameters(a.operation) - parameters(b.operation));
  return ({ method, route, path }) => {
    const ofMethod = candidates.filter(({ operation }) => serves(operation.method, method));
    const found =
      ofMethod.find(({ operation }) => operation.pattern === route) ??
      ofMethod.find(({ matches }) => matches(path));
    return found?.operation;
  };
}

/** Both adapters serve HEAD with the routes of GET. */
function serves(declared: string, asked: string): boolean {
  return declared === 'ALL' || declared === (asked === 'HEAD' ? 'GET' : asked);
}

function parameters({ pattern }: Operation): number {
  return pattern.match(/[:*]/g)?.length ?? 0;
}

/** Fastify's wildcard has no name, path-to-regexp's has one. */
function matcher(pattern: string): (path: string) => boolean {
  const matches = match(pattern.replace(/\*(?![\w"])/g, '*rest'), { decode: false });
  return (path) => matches(path) !== false;
}
