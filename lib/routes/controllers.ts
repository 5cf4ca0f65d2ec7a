import type { Type } from '@nestjs/common';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';

/** A controller of the application, and the methods of it that are routes. @internal */
export interface ControllerRoutes {
  readonly controller: Type;
  readonly handlers: readonly RouteHandler[];
}

/** @internal */
export type RouteHandler = ((...args: unknown[]) => unknown) & { readonly name: string };

/** The controllers of an application, whether or not they are made yet. @internal */
export function controllersOf(modules: ModulesContainer): ControllerRoutes[] {
  const scanner = new MetadataScanner();
  return [...modules.values()]
    .flatMap((module) => [...module.controllers.values()])
    .flatMap(({ metatype }) => (metatype ? [metatype as Type] : []))
    .map((controller) => ({ controller, handlers: routesOf(controller, scanner) }));
}

function routesOf(controller: Type, scanner: MetadataScanner): RouteHandler[] {
  const prototype = controller.prototype as Record<string, RouteHandler>;
  return scanner
    .getAllMethodNames(prototype)
    .map((name) => prototype[name]!)
    .filter((handler) => Reflect.hasMetadata('path', handler));
}
