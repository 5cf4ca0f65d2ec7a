import type { INestApplication } from '@nestjs/common';
import type { NestContainer } from '@nestjs/core';
import type { Route } from './route-table.js';

type Module = NonNullable<ReturnType<NestContainer['getModuleByKey']>>;

/**
 * An application as it would be with one route alone, once for each module that has it: for what
 * explores applications, and tells of no handler where it found it. None where the application's
 * container cannot be reached.
 *
 * @internal
 */
export function viewsOfRoute(app: INestApplication, route: Route): INestApplication[] {
  const { controller } = route;
  const { container } = app as unknown as { readonly container?: NestContainer };
  const modules = container?.getModules();
  return [...(modules?.entries() ?? [])]
    .filter(([, module]) => hasController(module, controller))
    .map(([key, module]) => {
      const only = { instance: instanceWith(route), metatype: controller };
      const view = Object.create(module, { controllers: { value: new Map([[controller, only]]) } });
      // Routes of `RouterModule` are kept under this id
      const { applicationId } = modules!;
      const visible = Object.assign(new Map([[key, view as Module]]), { applicationId });
      return Object.create(app, {
        container: { value: Object.create(container!, { getModules: { value: () => visible } }) },
      }) as INestApplication;
    });
}

/** As an instance of a controller that had this method alone. */
function instanceWith({ controller, method, handler }: Route): object {
  return Object.create(
    Object.create(null, { constructor: { value: controller }, [method]: { value: handler } }),
  ) as object;
}

function hasController({ controllers }: Module, controller: unknown): boolean {
  return [...controllers.values()].some(({ metatype }) => metatype === controller);
}
