import type { match } from 'path-to-regexp';

/**
 * What tells whether a path is one of a pattern's, in the syntax of Nest's routers.
 *
 * @param matchPath - `match` of path-to-regexp
 * @returns `undefined` for a syntax of the adapter's own
 * @internal
 */
export function pathMatcher(
  pattern: string,
  matchPath: typeof match,
): ((path: string) => boolean) | undefined {
  try {
    // Fastify's wildcard has no name, path-to-regexp's has one
    const matches = matchPath(pattern.replace(/\*(?![\w"])/g, '*rest'), { decode: false });
    return (path) => matches(path) !== false;
  } catch {
    return undefined;
  }
}
