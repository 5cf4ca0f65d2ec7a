import 'reflect-metadata';
import * as nest from '@nestjs/common';
import { Body, Controller, Get, Param, Post, Query, type Type } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { type } from 'arktype';
import { ErrorsModule, SchemaValidationPipe, type StandardSchema } from 'nestjs-api-errors';
import { documentErrors } from 'nestjs-api-errors/swagger';
import * as v from 'valibot';
import { z } from 'zod';
import {
  ROUTE_DECLARATIONS,
  type RouteDeclarations,
} from '../../../lib/documents/declared/route-declarations.js';
import { platforms, startApp } from '../../support/platforms.js';

const EVERY = ['INVALID_PARAMETER', 'LIMIT_EXCEEDED', 'MISSING_PARAMETER', 'OUT_OF_RANGE'];
const OF_BODY = ['INVALID_PARAMETER', 'MISSING_PARAMETER'];

/** Schemas of a body, with the codes of validation that a route declares for them. */
const schemas: [string, StandardSchema, string[]][] = [
  ['zod', z.object({ a: z.string().optional() }), OF_BODY],
  ['zod, a size', z.object({ a: z.string().max(2) }), [...OF_BODY, 'LIMIT_EXCEEDED']],
  ['zod, a bound', z.object({ a: z.array(z.number().gt(2)) }), [...OF_BODY, 'OUT_OF_RANGE']],
  ['zod, names like keywords', z.object({ minLength: z.string(), maximum: z.string() }), OF_BODY],
  ['zod, what JSON has no word for', z.object({ a: z.date() }), EVERY],
  ['arktype', type({ a: 'string' }), OF_BODY],
  ['arktype, a size', type({ a: { b: 'string <= 2' } }), [...OF_BODY, 'LIMIT_EXCEEDED']],
  ['arktype, a bound', type({ a: 'number > 2' }), [...OF_BODY, 'OUT_OF_RANGE']],
  ['valibot, which makes no JSON Schema by itself', v.object({ a: v.string() }), EVERY],
];

/** A controller whose one route takes something. */
function taking(decorate: ParameterDecorator, method = Post()): Type {
  class TakingController {
    take(value: unknown) {
      return { value };
    }
  }
  const { prototype } = TakingController;
  method(prototype, 'take', Object.getOwnPropertyDescriptor(prototype, 'take')!);
  decorate(prototype, 'take', 0);
  Controller()(TakingController);
  return TakingController;
}

describe.each(platforms)('a route whose parameter has a schema, on %s', (platform) => {
  /** The codes of validation that the route of a controller declares. */
  async function declared(controller: Type): Promise<string[]> {
    const imports = [ErrorsModule];
    const { app, close } = await startApp(platform, { imports, controllers: [controller] });
    const declarations = app.get<RouteDeclarations>(ROUTE_DECLARATIONS);
    const { errors } = declarations.of(declarations.table.routes[0]!);
    await close();
    return errors
      .filter(({ status, code }) => (status === 400 && code !== 'BAD_REQUEST') || status === 422)
      .map(({ code }) => code)
      .toSorted();
  }

  it.each(schemas)('declares what follows from it: %s', async (_, schema, codes) => {
    const pipe = new SchemaValidationPipe(schema);
    expect(await declared(taking(Body(pipe)))).toEqual(codes.toSorted());
  });

  it('a part of the path is always there', async () => {
    const pipe = new SchemaValidationPipe(z.string().max(2));
    const controller = taking(Param('id', pipe), Get(':id'));
    expect(await declared(controller)).toEqual(['INVALID_PARAMETER', 'LIMIT_EXCEEDED']);
  });

  it('a value of the query may be missing', async () => {
    const pipe = new SchemaValidationPipe(z.coerce.number());
    const controller = taking(Query('page', pipe), Get());
    expect(await declared(controller)).toEqual(['INVALID_PARAMETER', 'MISSING_PARAMETER']);
  });

  it('tells it in its OpenAPI document', async () => {
    const pipe = new SchemaValidationPipe(z.object({ a: z.string().max(2) }));
    const { app, close } = await startApp(platform, {
      imports: [ErrorsModule],
      controllers: [taking(Body(pipe))],
    });
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const { responses } = documentErrors(document, app).paths['/']!.post!;
    expect(JSON.stringify(responses['400'])).toContain('LIMIT_EXCEEDED');
    expect(JSON.stringify(responses['400'])).not.toContain('OUT_OF_RANGE');
    await close();
  });

  if ('StandardSchemaValidationPipe' in nest) {
    const { StandardSchemaValidationPipe } = nest as unknown as {
      StandardSchemaValidationPipe: new (options?: object) => nest.PipeTransform;
    };
    const bodyOf = (...pipes: nest.PipeTransform[]) =>
      (Body as (options: object) => ParameterDecorator)({
        schema: z.object({ a: z.string().max(2) }),
        pipes,
      });

    it('by @Body({ schema }) of Nest 12, and by the pipe that Nest has', async () => {
      const codes = [...OF_BODY, 'LIMIT_EXCEEDED'].toSorted();
      expect(await declared(taking(bodyOf()))).toEqual(codes);
      expect(await declared(taking(bodyOf(new StandardSchemaValidationPipe())))).toEqual(codes);
    });

    it('under the status that the pipe is given', async () => {
      const pipe = new StandardSchemaValidationPipe({ errorHttpStatusCode: 422 });
      expect(await declared(taking(bodyOf(pipe)))).toEqual(['UNPROCESSABLE_ENTITY']);
    });

    it('but not where the application makes the exceptions', async () => {
      const pipe = new StandardSchemaValidationPipe({
        exceptionFactory: () => new nest.ConflictException(),
      });
      expect(await declared(taking(bodyOf(pipe)))).toEqual([]);
    });
  }
});
