import 'reflect-metadata';
import { Body, Controller, Post, type Type } from '@nestjs/common';
import { type } from 'arktype';
import fc from 'fast-check';
import { ErrorsModule, SchemaValidationPipe, type StandardSchema } from 'nestjs-api-errors';
import * as v from 'valibot';
import { z } from 'zod';
import { z as z3 } from 'zod/v3';
import { errorAnswer } from '../../support/answers.js';
import { platforms, type RunningApp, startApp } from '../../support/platforms.js';

/** Schemas of much the same, with texts of the application's that repeat what they are given. */
const schemas: Record<string, StandardSchema> = {
  zod: z.object({
    a: z.string().max(5, { error: ({ input }) => `not ${String(input)}` }),
    b: z.union([z.number().max(5), z.literal('x')]),
    c: z.record(z.string(), z.enum(['x'])),
    d: z.array(z.email()).refine(() => false, 'wrong'),
  }),
  zod3: z3.object({
    a: z3.string().refine(
      () => false,
      (input) => ({ message: `not ${input}` }),
    ),
    b: z3.union([z3.number().max(5), z3.literal('x')]),
    c: z3.record(z3.enum(['x'])),
    d: z3.array(z3.string().email()),
  }),
  valibot: v.object({
    a: v.pipe(
      v.string(),
      v.check(
        () => false,
        ({ input }) => `not ${input}`,
      ),
    ),
    b: v.union([v.pipe(v.number(), v.maxValue(5)), v.literal('x')]),
    c: v.record(v.string(), v.picklist(['x'])),
    d: v.array(v.pipe(v.string(), v.email())),
  }),
  arktype: type({
    a: type('string').narrow((input, context) => context.mustBe(`another than ${input}`)),
    b: 'number <= 5 | "x"',
    c: 'Record<string, "x">',
    d: 'string.email[]',
  }),
};

/** Text that nobody writes by accident. */
const marked = fc
  .string({ minLength: 1, maxLength: 5 })
  .map((text) => `QZ${Buffer.from(text).toString('hex')}QZ`);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    marked,
    fc.constantFrom(null, true),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), tie('any'), { maxKeys: 4 }),
  ),
})).any;
const body = fc.record({ a: value, b: value, c: value, d: value }, { requiredKeys: [] });

describe.each(platforms)('whatever is sent, on %s', (platform) => {
  let running: RunningApp;
  beforeAll(async () => {
    running = await startApp(platform, {
      imports: [ErrorsModule.forRoot({ body: { failures: true } })],
      controllers: Object.entries(schemas).map(([name, schema]) => controllerOf(name, schema)),
    });
  });
  afterAll(() => running.close());

  it.each(Object.keys(schemas))('nothing of it is told where %s refuses it', async (name) => {
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const response = await fetch(`${running.url}/${name}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(sent),
        });
        const answer = await errorAnswer(response);
        expect(answer.status).toBe(400);
        expect(JSON.stringify(answer.body)).not.toMatch(/QZ/);
      }),
      { numRuns: 100 },
    );
  });

  it.each(Object.keys(schemas))('50 failures of it are told at most, by %s', async (name) => {
    const d = Array.from({ length: 1000 }, () => 'no address');
    const response = await fetch(`${running.url}/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ a: 'x', b: 'x', c: {}, d }),
    });
    const { body: answered } = await errorAnswer(response);
    expect(answered['failures']).toHaveLength(50);
  });
});

function controllerOf(path: string, schema: StandardSchema): Type {
  @Controller(path)
  class TakingController {
    @Post() take(@Body(new SchemaValidationPipe(schema)) taken: unknown) {
      return { taken };
    }
  }
  return TakingController;
}
