import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { controllersOf } from '../routes/controllers.js';
import { BearerGuard } from './bearer.guard.js';
import { accessRulesOf, demandsToken } from './route-access.js';

/** Where `@UseGuards()` keeps its guards. */
const GUARDS = '__guards__';

/**
 * Finds the routes whose decorators demand a token that no guard asks for: they would be open.
 *
 * @throws Error that names the first of them and the fix.
 * @internal
 */
export function checkGuardedRoutes(modules: ModulesContainer): void {
  for (const { controller, handlers } of controllersOf(modules)) {
    for (const handler of handlers) {
      if (isDemanding(controller, handler) && !isGuarded(controller, handler)) {
        throw new Error(
          `${controller.name}.${handler.name}() demands a token that no guard asks for, so that ` +
            `everyone may call it; add @UseGuards(BearerGuard), or guard every route with ` +
            `bearer.global.`,
        );
      }
    }
  }
}

function isDemanding(controller: Type, handler: object): boolean {
  return [...accessRulesOf(controller), ...accessRulesOf(handler)].some(demandsToken);
}

function isGuarded(controller: Type, handler: object): boolean {
  return [controller, handler]
    .flatMap((host) => (Reflect.getMetadata(GUARDS, host) as unknown[] | undefined) ?? [])
    .some(
      (guard) =>
        guard === BearerGuard ||
        guard instanceof BearerGuard ||
        (typeof guard === 'function' && guard.prototype instanceof BearerGuard),
    );
}
