import type { Type } from '@nestjs/common';
import type { ModuleRef, ModulesContainer } from '@nestjs/core';

/**
 * An option that is an instance, or a class made by DI: the application's own provider of the class
 * where there is one, else a new instance with what `ErrorsModule` and its `imports` can inject.
 *
 * @internal
 */
export async function component<T extends object>(
  option: Type<T> | T,
  moduleRef: ModuleRef,
  modules: ModulesContainer,
): Promise<T> {
  if (typeof option !== 'function') {
    return option;
  }
  const isProvided = [...modules.values()].some((module) => module.providers.has(option));
  return isProvided ? moduleRef.get<T>(option, { strict: false }) : moduleRef.create(option);
}
