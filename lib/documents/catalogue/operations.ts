import type { RouteDeclarations } from '../declared/route-declarations.js';
import type { PromisedErrors } from './published-catalogue.js';

/** An operation with what it promises, as the router knows it. @internal */
export interface Operation extends PromisedErrors {
  /** Path in the router's syntax, `/v1/books/:isbn`, or what another transport knows it by. */
  readonly pattern: string;
}

/**
 * The operations of an application with the errors of each: its routes, and behind them what is called by
 * other transports. To be asked once the application is made.
 *
 * @internal
 */
export function operationsOf(declarations: RouteDeclarations): Operation[] {
  const { routes, others } = declarations.table;
  return [...routes, ...others].flatMap((route) =>
    route.paths.map(({ method, path }) => ({
      method,
      path: route.operations ? path : callersPath(path),
      pattern: path,
      entries: declarations.of(route).errors,
    })),
  );
}

/** As a caller reads it: `:isbn` is `{isbn}` (RFC 6570), and a group of optional parts is spelled out. @internal */
export function callersPath(pattern: string): string {
  return pattern.replace(/[{}]/g, '').replace(/[:*](\w+)/g, '{$1}');
}
