import type { INestApplication } from '@nestjs/common';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { RouteAccess } from '../../access/guard/route-access.js';
import { viewsOfRoute } from '../../nest/application-view.js';
import type { Route } from '../../nest/route-table.js';
import type { RoutePath } from '../../nest/route-paths.js';
import { callersPath } from '../catalogue/operations.js';
import { type DeclaredError, mergeErrors } from '../declared/declared.error.js';
import type { RouteDeclarations } from '../declared/route-declarations.js';

/** What the operation of a document can answer with. @internal */
export interface OperationRoute {
  /** Name of the handler. */
  readonly method: string;
  readonly errors: readonly DeclaredError[];
  readonly access: RouteAccess | undefined;
}

type Operations = ReadonlyMap<string, OperationRoute>;
type Located = ReadonlyMap<string, readonly Route[]>;

/**
 * The routes of a document's operations, by method and path (`get /books/{isbn}`).
 *
 * Operation ids, tags and paths are the application's to choose, and no part of a document names its
 * handler. Routes are looked for where the route table has them; where that leaves an operation
 * without one, over an alias or a syntax of paths, @nestjs/swagger itself is asked where it puts
 * those that are left.
 *
 * @internal
 */
export function operationRoutes(
  document: OpenAPIObject,
  app: INestApplication,
  declarations: RouteDeclarations,
): Operations {
  const operations = operationsIn(document);
  const { routes } = declarations.table;
  const located = locate(operations, routes, ({ path }) => path);
  const found =
    located.size === operations.size
      ? located
      : // Made with `ignoreGlobalPrefix`, perhaps
        best(operations, [located, locate(operations, routes, ({ unprefixed }) => unprefixed)]);
  const isLocated = new Set([...found.values()].flat());
  const missing =
    found.size === operations.size ? [] : routes.filter((route) => !isLocated.has(route));
  const asked = best(
    operations,
    missing.length === 0
      ? [new Map()]
      : [ask(document, app, missing, false), ask(document, app, missing, true)],
  );
  return new Map(
    [...asked, ...found].map(([key, handlers]) => [key, toOperation(handlers, declarations)]),
  );
}

function operationsIn({ paths }: OpenAPIObject): ReadonlySet<string> {
  return new Set(
    Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    ),
  );
}

/** Whichever finds more of the operations; of equals the first. */
function best(operations: ReadonlySet<string>, candidates: readonly Located[]): Located {
  const countOf = (located: Located) =>
    [...located.keys()].filter((key) => operations.has(key)).length;
  return candidates.reduce((a, b) => (countOf(b) > countOf(a) ? b : a));
}

function locate(
  operations: ReadonlySet<string>,
  routes: readonly Route[],
  pathOf: (path: RoutePath) => string,
): Located {
  const located = new Map<string, Route[]>();
  for (const route of routes) {
    for (const path of route.paths) {
      for (const method of methodsOf(path)) {
        add(located, `${method} ${callersPath(pathOf(path))}`, route, operations);
      }
    }
  }
  return located;
}

/** What `@All()` serves, as @nestjs/swagger lists it. */
const ALL_METHODS = ['get', 'post', 'put', 'delete', 'patch', 'options', 'head', 'search', 'query'];

function methodsOf({ method }: RoutePath): readonly string[] {
  return method === 'ALL' ? ALL_METHODS : [method.toLowerCase()];
}

function ask(
  { openapi, info }: OpenAPIObject,
  app: INestApplication,
  routes: readonly Route[],
  ignoreGlobalPrefix: boolean,
): Located {
  const located = new Map<string, Route[]>();
  for (const route of routes) {
    for (const view of viewsOfRoute(app, route)) {
      const document = SwaggerModule.createDocument(
        view,
        { openapi, info },
        { ignoreGlobalPrefix },
      );
      for (const key of operationsIn(document)) {
        add(located, key, route);
      }
    }
  }
  return located;
}

function add(
  located: Map<string, Route[]>,
  key: string,
  route: Route,
  operations?: ReadonlySet<string>,
): void {
  if (!operations || operations.has(key)) {
    const there = located.get(key);
    if (there) {
      there.push(route);
    } else {
      located.set(key, [route]);
    }
  }
}

/** Versions by header or media type share a path: its one operation answers for all of them. */
function toOperation(routes: readonly Route[], declarations: RouteDeclarations): OperationRoute {
  const declared = routes.map((route) => declarations.of(route));
  const { errors, access } = declared.at(-1)!;
  return {
    method: routes.at(-1)!.method,
    errors: declared.length === 1 ? errors : mergeErrors(declared.flatMap((each) => each.errors)),
    access,
  };
}
