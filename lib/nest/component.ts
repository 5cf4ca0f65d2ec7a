import type { INestApplicationContext, Type } from '@nestjs/common';
import { type ModuleRef, ModulesContainer } from '@nestjs/core';

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
  return isProvided(modules, option)
    ? moduleRef.get<T>(option, { strict: false })
    : moduleRef.create(option);
}

/**
 * A provider of an application; `undefined` where it has none. To ask the application itself for what
 * it has not got would end the process.
 *
 * @internal
 */
export function providerOf<T>(
  app: INestApplicationContext,
  token: symbol | Type<T>,
): T | undefined {
  const modules = app.get(ModulesContainer, { strict: false });
  return isProvided(modules, token) ? app.get<T>(token, { strict: false }) : undefined;
}

function isProvided(modules: ModulesContainer, token: symbol | Type): boolean {
  return [...modules.values()].some(({ providers }) => providers.has(token));
}
