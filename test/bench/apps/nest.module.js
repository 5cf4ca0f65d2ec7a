import { Controller, Module } from '@nestjs/common';

/**
 * @typedef {object} Route
 * @property {MethodDecorator} route
 * @property {(...parameters: unknown[]) => unknown} handle
 * @property {ParameterDecorator[]} [parameters] decorators of the handler's parameters
 * @property {unknown[]} [types] what TypeScript would have emitted as their types
 */

/**
 * A Nest module without TypeScript: decorators are functions.
 *
 * @param {Record<string, Route>} routes by the name of their handler
 * @param {import('@nestjs/common').ModuleMetadata} [metadata]
 */
export function moduleOf(routes, metadata = {}) {
  class AppController {}
  for (const [name, { route, handle, parameters = [], types = [] }] of Object.entries(routes)) {
    const descriptor = { value: handle, writable: true, configurable: true };
    Object.defineProperty(AppController.prototype, name, descriptor);
    Reflect.defineMetadata('design:paramtypes', types, AppController.prototype, name);
    for (const [index, decorate] of parameters.entries()) {
      decorate(AppController.prototype, name, index);
    }
    route(AppController.prototype, name, descriptor);
  }
  Controller()(AppController);

  class AppModule {}
  Module({ ...metadata, controllers: [AppController] })(AppModule);
  return AppModule;
}
