import type { CanActivate } from '@nestjs/common';
import type { ApplicationConfig, ModuleRef } from '@nestjs/core';

/**
 * The application's configuration, which holds its global enhancers, prefix and versioning. Nest gives
 * it to no provider; a module reference reaches it through its container.
 *
 * @returns `undefined` where that is not so any more
 * @internal
 */
export function applicationConfig(moduleRef: ModuleRef): ApplicationConfig | undefined {
  return (moduleRef['container'] as { applicationConfig?: ApplicationConfig } | undefined)
    ?.applicationConfig;
}

/**
 * Makes a guard the next global one. Nest runs those of APP_GUARD in the order of its modules, the
 * root module's first, so that an application's own guards would run before the one whose token
 * they look for. Providers are made before any APP_GUARD is applied, hence first is where this adds it.
 *
 * @returns whether it could; otherwise APP_GUARD has to do
 * @internal
 */
export function addGlobalGuard(config: ApplicationConfig | undefined, guard: CanActivate): boolean {
  config?.addGlobalGuard(guard);
  return config !== undefined;
}
