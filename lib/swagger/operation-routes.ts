import type { INestApplication, Type } from '@nestjs/common';
import type { NestContainer } from '@nestjs/core';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { RouteAccess } from '../bearer/route-access.js';
import { type DeclaredError, mergeErrors } from '../declared/declared-error.js';
import type { RouteErrors } from '../declared/declared-errors.js';
import { methodNameOf } from '../declared/route-method.js';

/** What the operation of a document can answer with. @internal */
export interface OperationRoute {
  /** Name of the handler. */
  readonly method: string;
  readonly errors: readonly DeclaredError[];
  readonly access: RouteAccess | undefined;
}

type Module = NonNullable<ReturnType<NestContainer['getModuleByKey']>>;
type Operations = ReadonlyMap<string, OperationRoute>;

/**
 * The routes of a document's operations, by method and path (`get /books/{isbn}`).
 *
 * Operation ids, tags and paths are the application's to choose, and no part of a document names its
 * handler. So @nestjs/swagger itself is asked where it puts each handler, one at a time: prefixes,
 * versions, aliases and path syntax are then what it makes of them, in whichever version it is.
 *
 * @internal
 */
export function operationRoutes(
  document: OpenAPIObject,
  app: INestApplication,
  routes: readonly RouteErrors[],
): Operations {
  const prefixed = locate(document, app, routes, false);
  const inDocument = (operations: Operations) =>
    [...operations.keys()].filter((key) => {
      const [method = '', path = ''] = key.split(' ', 2);
      return method in (document.paths[path] ?? {});
    }).length;
  if (inDocument(prefixed) === prefixed.size) {
    return prefixed;
  }
  // Made with `ignoreGlobalPrefix`, perhaps
  const bare = locate(document, app, routes, true);
  return inDocument(bare) > inDocument(prefixed) ? bare : prefixed;
}

function locate(
  { openapi, info }: OpenAPIObject,
  app: INestApplication,
  routes: readonly RouteErrors[],
  ignoreGlobalPrefix: boolean,
): Operations {
  const operations = new Map<string, OperationRoute>();
  for (const route of routes) {
    for (const view of viewsOf(app, route)) {
      const { paths } = SwaggerModule.createDocument(
        view,
        { openapi, info },
        { ignoreGlobalPrefix },
      );
      for (const [path, item] of Object.entries(paths)) {
        for (const method of Object.keys(item)) {
          add(operations, `${method} ${path}`, route);
        }
      }
    }
  }
  return operations;
}

/** Versions by header or media type share a path: its one operation answers for all of them. */
function add(operations: Map<string, OperationRoute>, key: string, route: RouteErrors): void {
  const known = operations.get(key);
  operations.set(key, {
    method: methodNameOf(route.controller, route.handler),
    errors: known ? mergeErrors([...known.errors, ...route.errors]) : route.errors,
    access: route.access,
  });
}

/** The application as it would be with this one route, once for each module that has it. */
function viewsOf(app: INestApplication, { controller, handler }: RouteErrors): INestApplication[] {
  const { container } = app as unknown as { readonly container: NestContainer };
  const modules = container.getModules();
  const method = methodNameOf(controller, handler);
  return [...modules.entries()]
    .filter(([, module]) => controllersOf(module).includes(controller))
    .map(([key, module]) => {
      const only = { instance: instanceWith(controller, method, handler), metatype: controller };
      const view = Object.create(module, { controllers: { value: new Map([[controller, only]]) } });
      // Routes of `RouterModule` are kept under this id
      const { applicationId } = modules;
      const visible = Object.assign(new Map([[key, view as Module]]), { applicationId });
      return Object.create(app, {
        container: { value: Object.create(container, { getModules: { value: () => visible } }) },
      }) as INestApplication;
    });
}

function controllersOf({ controllers }: Module): unknown[] {
  return [...controllers.values()].map(({ metatype }) => metatype);
}

/** As an instance of a controller that had this method alone. */
function instanceWith(controller: Type, method: string, handler: unknown): object {
  return Object.create(
    Object.create(null, { constructor: { value: controller }, [method]: { value: handler } }),
  ) as object;
}
