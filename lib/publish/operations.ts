import type { Type } from '@nestjs/common';
import type { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import type { DeclaredErrors } from '../declared/declared-errors.js';
import type { PromisedErrors } from './published-catalogue.js';
import { routePaths } from './route-paths.js';

/** Where `RouterModule` keeps the path of a module. */
const MODULE_PATH = '__module_path__';

/** An operation with what it promises, as the router knows it. @internal */
export interface Operation extends PromisedErrors {
  /** Path in the router's syntax: `/v1/books/:isbn`. */
  readonly pattern: string;
}

/**
 * The operations of an application with the errors of each. To be asked once the application is
 * made.
 *
 * @internal
 */
export function operationsOf(
  declared: DeclaredErrors,
  modules: ModulesContainer,
  config: ApplicationConfig | undefined,
): Operation[] {
  const modulePaths = modulePathsByController(modules);
  return declared.routes().flatMap(({ controller, handler, errors }) =>
    (modulePaths.get(controller) ?? ['']).flatMap((modulePath) =>
      routePaths(controller, handler, modulePath, config).map(({ method, path }) => ({
        method,
        path: published(path),
        pattern: path,
        entries: errors,
      })),
    ),
  );
}

function modulePathsByController(modules: ModulesContainer): Map<Type, string[]> {
  const paths = new Map<Type, string[]>();
  for (const { metatype, controllers } of modules.values()) {
    const path = (Reflect.getMetadata(MODULE_PATH + modules.applicationId, metatype) ??
      Reflect.getMetadata(MODULE_PATH, metatype) ??
      '') as string;
    for (const controller of controllers.values()) {
      const type = controller.metatype as Type;
      paths.set(type, [...(paths.get(type) ?? []), path]);
    }
  }
  return paths;
}

/** As a caller reads it: `:isbn` is `{isbn}` (RFC 6570), and a group of optional parts is spelled out. */
function published(pattern: string): string {
  return pattern.replace(/[{}]/g, '').replace(/[:*](\w+)/g, '{$1}');
}
