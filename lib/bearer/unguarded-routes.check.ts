import type { Type } from '@nestjs/common';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { BearerGuard } from './bearer.guard.js';
import { accessRulesOf } from './route-access.js';

/** Where `@UseGuards()` keeps its guards. */
const GUARDS = '__guards__';

/**
 * Finds the routes whose decorators demand a token that no guard asks for: they would be open.
 *
 * @throws Error that names the first of them and the fix.
 * @internal
 */
export function checkGuardedRoutes(modules: ModulesContainer): void {
  const scanner = new MetadataScanner();
  for (const controller of controllersOf(modules)) {
    for (const name of scanner.getAllMethodNames(controller.prototype as object)) {
      const handler = (controller.prototype as Record<string, object>)[name]!;
      if (demandsToken(controller, handler) && !isGuarded(controller, handler)) {
        throw new Error(
          `${controller.name}.${name}() demands scopes that no guard asks for, so that everyone may ` +
            `call it; add @UseGuards(BearerGuard), or guard every route with bearer.global.`,
        );
      }
    }
  }
}

function controllersOf(modules: ModulesContainer): Type[] {
  return [...modules.values()].flatMap((module) =>
    [...module.controllers.values()].flatMap(({ metatype }) =>
      metatype ? [metatype as Type] : [],
    ),
  );
}

function demandsToken(controller: Type, handler: object): boolean {
  const isRoute = Reflect.hasMetadata('path', handler);
  const rules = [...accessRulesOf(controller), ...accessRulesOf(handler)];
  return isRoute && rules.some((rule) => rule.scopes ?? rule.anyScope ?? rule.authorize);
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
