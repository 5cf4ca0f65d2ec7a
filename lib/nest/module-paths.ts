import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';

/** Where `RouterModule` keeps the path of a module, with the application's id behind it. */
const MODULE_PATH = '__module_path__';

/**
 * The controllers of an application, whether or not they are made yet, each with the paths that
 * `RouterModule` puts before those of its modules: `''` where it puts none.
 *
 * @internal
 */
export function modulePaths(modules: ModulesContainer): ReadonlyMap<Type, readonly string[]> {
  const paths = new Map<Type, string[]>();
  for (const { metatype, controllers } of modules.values()) {
    const path = (Reflect.getMetadata(MODULE_PATH + modules.applicationId, metatype) ??
      Reflect.getMetadata(MODULE_PATH, metatype) ??
      '') as string;
    for (const controller of controllers.values()) {
      const type = controller.metatype as Type | null;
      if (type) {
        paths.set(type, [...(paths.get(type) ?? []), path]);
      }
    }
  }
  return paths;
}
