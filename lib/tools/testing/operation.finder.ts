import { match } from 'path-to-regexp';
import type { Operation } from '../../documents/catalogue/operations.js';
import { pathMatcher } from '../../nest/path-matcher.js';

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
    .map((operation) => ({ operation, matches: pathMatcher(operation.pattern, match) }))
    .toSorted((a, b) => parameters(a.operation) - parameters(b.operation));
  return ({ method, route, path }) => {
    const ofMethod = candidates.filter(({ operation }) => serves(operation.method, method));
    const found =
      ofMethod.find(({ operation }) => operation.pattern === route) ??
      ofMethod.find(({ matches }) => matches?.(path));
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
