import type { AbstractHttpAdapter } from '@nestjs/core';
import { match } from 'path-to-regexp';

/** The adapter's methods that register a route for one HTTP method. */
const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const;

type Register = (...args: unknown[]) => unknown;
type Matcher = (path: string) => unknown;

/**
 * Knows the paths that the application has routes for, and with which methods.
 *
 * @internal
 */
export class AllowedMethods {
  readonly #routes: { readonly method: string; readonly matches: Matcher }[] = [];

  /** Takes note of the routes that are registered from now on. */
  observe(adapter: AbstractHttpAdapter): void {
    const methods = adapter as unknown as Record<(typeof METHODS)[number], Register>;
    for (const name of METHODS) {
      const register = methods[name].bind(adapter);
      methods[name] = (...args) => {
        this.#add(name.toUpperCase(), args[0]);
        return register(...args);
      };
    }
  }

  /** Methods that the path of a request target is served with; empty where it is unknown. */
  of(target: string): string[] {
    const path = target.split('?', 1)[0]!;
    const methods = this.#routes.filter(({ matches }) => matches(path)).map(({ method }) => method);
    // Both adapters serve HEAD with the routes of GET
    const all = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    return [...new Set(all)];
  }

  #add(method: string, path: unknown): void {
    const matches = typeof path === 'string' ? toMatcher(path) : undefined;
    if (matches) {
      this.#routes.push({ method, matches });
    }
  }
}

/** Fastify's wildcard has no name, path-to-regexp's has one. */
function toMatcher(path: string): Matcher | undefined {
  try {
    return match(path.replace(/\*(?![\w"])/g, '*rest'), { decode: false });
  } catch {
    // A path in a syntax of the adapter's own, of which no method is known
    return undefined;
  }
}
