import { Body, Get, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString } from 'class-validator';
import { moduleOf } from '../apps/nest.module.js';

const CONTROLLERS = 25;
const ROUTES = 20;
const PROPERTIES = 8;

/** A DTO of a controller: the rules and the documentation of each property. */
function dtoOf(index) {
  class Dto {}
  Object.defineProperty(Dto, 'name', { value: `Dto${index}` });
  for (let at = 0; at < PROPERTIES; at += 1) {
    const name = `property${at}`;
    const [rule, type] = at % 2 === 0 ? [IsString(), String] : [IsInt(), Number];
    rule(Dto.prototype, name);
    Type(() => type)(Dto.prototype, name);
    ApiProperty({ type, description: `The property ${at}.` })(Dto.prototype, name);
  }
  return Dto;
}

/**
 * An application of 500 routes.
 *
 * @param {import('@nestjs/common').ModuleMetadata} metadata of its root module
 * @param {(route: MethodDecorator) => MethodDecorator} [declare] puts more on a route
 */
export function manyRoutes(metadata, declare = (route) => route) {
  const modules = Array.from({ length: CONTROLLERS }, (_, index) => {
    const dto = dtoOf(index);
    const routes = Array.from({ length: ROUTES }, (__, at) => [
      `handle${at}`,
      routeAt(`c${index}/r${at}`, at % 2 === 0, dto, declare),
    ]);
    return moduleOf(Object.fromEntries(routes));
  });
  class AppModule {}
  Module({ ...metadata, imports: [...(metadata.imports ?? []), ...modules] })(AppModule);
  return AppModule;
}

function routeAt(path, isRead, dto, declare) {
  return isRead
    ? {
        route: documented(declare(Get(`${path}/:id`)), ApiOkResponse({ type: dto })),
        parameters: [Param('id')],
        types: [String],
        handle: (id) => ({ id }),
      }
    : {
        route: documented(declare(Post(path)), ApiCreatedResponse({ type: dto })),
        parameters: [Body()],
        types: [dto],
        handle: (body) => body,
      };
}

const documented = (route, response) => (target, name, descriptor) => {
  route(target, name, descriptor);
  response(target, name, descriptor);
};

/** @param {Parameters<typeof NestFactory.create>[0]} module */
export async function startOf(module) {
  const app = await NestFactory.create(module, { logger: false });
  await app.init();
  return app;
}
