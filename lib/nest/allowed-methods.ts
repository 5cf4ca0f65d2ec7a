import type { match } from 'path-to-regexp';
import { pathMatcher } from './path-matcher.js';
import type { RouteTable } from './route-table.js';

interface MatchedRoute {
  readonly method: string;
  readonly matches: (path: string) => boolean;
}

/** Knows with which methods the application serves a path. @internal */
export class AllowedMethods {
  #routes: readonly MatchedRoute[] | undefined;

  /** @param matchPath - `match` of path-to-regexp; `undefined` where nobody asks */
  constructor(
    private readonly table: RouteTable,
    private readonly matchPath: typeof match | undefined,
  ) {}

  /** Methods that the path of a request target is served with; empty where it is unknown. */
  of(target: string): string[] {
    const { matchPath } = this;
    if (!matchPath) {
      return [];
    }
    this.#routes ??= this.table.routes.flatMap(({ paths }) =>
      paths.flatMap(({ method, path }) => {
        const matches = pathMatcher(path, matchPath);
        return matches ? [{ method, matches }] : [];
      }),
    );
    const path = target.split('?', 1)[0]!;
    const methods = this.#routes.filter(({ matches }) => matches(path)).map(({ method }) => method);
    // Both adapters serve HEAD with the routes of GET
    const all = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    return [...new Set(all)];
  }
}
