import 'reflect-metadata';
import * as nest from '@nestjs/common';
import {
  Body,
  Controller,
  Get,
  type PipeTransform,
  Post,
  Query,
  type Type,
  UsePipes,
} from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { type } from 'arktype';
import { MinLength } from 'class-validator';
import {
  ErrorsModule,
  type ErrorsModuleOptions,
  Resource,
  SchemaValidationPipe,
  type StandardSchema,
} from 'nestjs-api-errors';
import * as v from 'valibot';
import { z } from 'zod';
import { z as z3 } from 'zod/v3';
import { errorAnswer } from '../../support/answers.js';
import { platforms, type PlatformName, startApp } from '../../support/platforms.js';

const { StandardSchemaValidationPipe } = nest as {
  StandardSchemaValidationPipe?: new (options?: object) => PipeTransform;
};

/** A controller whose one route takes a body. */
function taking(decorate: ParameterDecorator, dto: unknown = Object): Type {
  class TakingController {
    take(body: unknown) {
      return { body };
    }
  }
  const { prototype } = TakingController;
  Post()(prototype, 'take', Object.getOwnPropertyDescriptor(prototype, 'take')!);
  decorate(prototype, 'take', 0);
  Reflect.defineMetadata('design:paramtypes', [dto], prototype, 'take');
  Controller()(TakingController);
  return TakingController;
}

const open: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((app) => app.close())));

interface Application {
  readonly options?: ErrorsModuleOptions;
  readonly pipe?: unknown;
}

async function start(
  platform: PlatformName,
  controller: Type,
  { options = { body: { failures: true } }, pipe }: Application = {},
) {
  const running = await startApp(platform, {
    imports: [ErrorsModule.forRoot(options)],
    controllers: [controller],
    providers: pipe === undefined ? [] : [{ provide: APP_PIPE, useValue: pipe }],
  });
  open.push(running);
  return (body: unknown) =>
    fetch(running.url, {
      method: 'POST',
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
}

const askedBy = (schema: unknown) => new SchemaValidationPipe(schema as StandardSchema);

/** What is told of a body that a schema refuses. */
async function told(platform: PlatformName, schema: unknown, body: unknown) {
  const post = await start(platform, taking(Body(askedBy(schema))));
  const answer = await errorAnswer(await post(body));
  const failures = answer.body['failures'] as { parameter: string; rule: string }[];
  return [answer.code, ...failures.map(({ parameter, rule }) => `${parameter} ${rule}`)];
}

const isSame = (body: { a: number; b: number }) => body.a === body.b;
const numbers = { a: z.number(), b: z.number() };
const soon = () => new Promise<boolean>((resolve) => setImmediate(() => resolve(false)));

/** Schemas, what they refuse, and what is told of that. */
const cases: [string, unknown, unknown, string[]][] = [
  // Two faults
  ...[
    z.object({ a: z.string(), b: z.string().max(2) }),
    z3.object({ a: z3.string(), b: z3.string().max(2) }),
    v.object({ a: v.string(), b: v.pipe(v.string(), v.maxLength(2)) }),
    type({ a: 'string', b: 'string <= 2' }),
  ].map((schema): [string, unknown, unknown, string[]] => [
    'two faults of two kinds',
    schema,
    { b: 'xxx' },
    ['INVALID_PARAMETER', 'a isDefined', 'b maxLength'],
  ]),
  // One of several
  ...[
    z.object({ a: z.union([z.string(), z.number()]) }),
    z3.object({ a: z3.union([z3.string(), z3.number()]) }),
    v.object({ a: v.union([v.string(), v.number()]) }),
    type({ a: 'string | number' }),
  ].flatMap((schema): [string, unknown, unknown, string[]][] => [
    ['a union of which nothing fits', schema, { a: true }, ['INVALID_PARAMETER', 'a custom']],
    ['a union that is missing', schema, {}, ['MISSING_PARAMETER', 'a isDefined']],
  ]),
  ...[
    z.discriminatedUnion('t', [
      z.object({ t: z.literal('x'), n: z.number() }),
      z.object({ t: z.literal('y') }),
    ]),
    v.variant('t', [
      v.object({ t: v.literal('x'), n: v.number() }),
      v.object({ t: v.literal('y') }),
    ]),
    type({ t: '"x"', n: 'number' }).or({ t: '"y"' }),
  ].map((schema): [string, unknown, unknown, string[]] => [
    'a branch of a union',
    schema,
    { t: 'x' },
    ['MISSING_PARAMETER', 'n isDefined'],
  ]),
  // By names of the caller's
  ...[
    z.object({ a: z.record(z.string(), z.number().min(1)) }),
    z3.object({ a: z3.record(z3.number().min(1)) }),
    v.object({ a: v.record(v.string(), v.pipe(v.number(), v.minValue(1))) }),
    type({ a: 'Record<string, number >= 1>' }),
  ].map((schema): [string, unknown, unknown, string[]] => [
    'a value of a record',
    schema,
    { a: { 'some key': 0 } },
    ['OUT_OF_RANGE', 'a["some key"] min'],
  ]),
  ...[
    z.object({ a: z.record(z.string().min(2), z.string()) }),
    z3.object({ a: z3.record(z3.string().min(2), z3.string()) }),
    v.object({ a: v.record(v.pipe(v.string(), v.minLength(2)), v.string()) }),
  ].map((schema): [string, unknown, unknown, string[]] => [
    'a key of a record',
    schema,
    { a: { k: 'x' } },
    ['LIMIT_EXCEEDED', 'a.k minLength'],
  ]),
  ...[z.strictObject(numbers), z3.object({ a: z3.number(), b: z3.number() }).strict()].map(
    (schema): [string, unknown, unknown, string[]] => [
      'properties that are not expected',
      schema,
      { a: 1, b: 2, c: 3, d: 4 },
      ['INVALID_PARAMETER', 'c whitelistValidation', 'd whitelistValidation'],
    ],
  ),
  [
    'a property that is not expected',
    v.strictObject({ a: v.number() }),
    { a: 1, c: 3 },
    ['INVALID_PARAMETER', 'c whitelistValidation'],
  ],
  // What a transformation made
  ...[
    z.object({
      when: z
        .string()
        .transform((text) => new Date(text))
        .pipe(z.date().min(new Date(5))),
    }),
    z3.object({
      when: z3
        .string()
        .transform((text) => new Date(text))
        .pipe(z3.date().min(new Date(5))),
    }),
    v.object({
      when: v.pipe(
        v.string(),
        v.transform((text) => new Date(text)),
        v.minValue(new Date(5)),
      ),
    }),
    type({ when: type('string.date.iso.parse').to(type('Date').atOrAfter(new Date(5))) }),
  ].map((schema): [string, unknown, unknown, string[]] => [
    'a date too early',
    schema,
    { when: '1970-01-01T00:00:00.000Z' },
    ['OUT_OF_RANGE', 'when minDate'],
  ]),
  [
    'what is inside a text',
    z.object({
      meta: z
        .string()
        .transform((text): unknown => JSON.parse(text))
        .pipe(z.object({ n: z.number() })),
    }),
    { meta: '{"n":"x"}' },
    ['INVALID_PARAMETER', 'meta.n isNumber'],
  ],
  [
    'a number made of nothing',
    z.object({ a: z.coerce.number() }),
    {},
    ['MISSING_PARAMETER', 'a isDefined'],
  ],
  [
    'a map',
    z.object({
      a: z
        .array(z.tuple([z.string(), z.unknown()]))
        .transform((entries) => new Map(entries))
        .pipe(z.map(z.string(), z.number())),
    }),
    { a: [['k', 'x']] },
    ['INVALID_PARAMETER', 'a.k isNumber'],
  ],
  // Refinements
  ...[
    z.object(numbers).refine(isSame, { path: ['b'], message: 'has to be a again' }),
    z3
      .object({ a: z3.number(), b: z3.number() })
      .refine(isSame, { path: ['b'], message: 'has to be a again' }),
    v.pipe(
      v.object({ a: v.number(), b: v.number() }),
      v.forward(v.check(isSame, 'has to be a again'), ['b']),
    ),
    type({ a: 'number', b: 'number' }).narrow(
      (body, context) => isSame(body) || context.reject({ path: ['b'], expected: 'a again' }),
    ),
  ].map((schema): [string, unknown, unknown, string[]] => [
    'a refinement with a path of its own',
    schema,
    { a: 1, b: 2 },
    ['INVALID_PARAMETER', 'b custom'],
  ]),
  ...[
    z.object({ a: z.string().refine(soon, 'taken') }),
    z3.object({ a: z3.string().refine(soon, 'taken') }),
    v.objectAsync({ a: v.pipeAsync(v.string(), v.checkAsync(soon, 'taken')) }),
  ].map((schema): [string, unknown, unknown, string[]] => [
    'an asynchronous one',
    schema,
    { a: 'x' },
    ['INVALID_PARAMETER', 'a custom'],
  ]),
  // Any other library
  [
    'a library that is not known',
    {
      '~standard': {
        version: 1,
        vendor: 'another',
        validate: () => ({ issues: [{ message: 'no', path: [{ key: 'a' }, 0] }] }),
      },
    },
    { a: 1 },
    ['INVALID_PARAMETER', 'a[0] custom'],
  ],
];

describe.each(platforms)('a schema, on %s', (platform) => {
  it.each(cases)('%s', async (_, schema, body, expected) => {
    expect(await told(platform, schema, body)).toEqual(expected);
  });

  it('hands on what it makes of a body', async () => {
    const schema = z.object({ a: z.coerce.number(), b: z.string().default('x') });
    const post = await start(platform, taking(Body(askedBy(schema))));
    expect(await (await post({ a: '1', c: 1 })).json()).toEqual({ body: { a: 1, b: 'x' } });
  });

  it('a body that is not there is missing', async () => {
    const post = await start(platform, taking(Body(askedBy(z.object({ a: z.string() })))));
    const answer = await errorAnswer(await post(undefined));
    expect(answer.code).toBe('MISSING_PARAMETER');
    expect(answer.description).toMatch(/^(?:body|a) is required\.$/);
  });

  it('one value is named as it is sent', async () => {
    @Controller()
    class PagesController {
      @Get() page(@Query('page', askedBy(z.coerce.number().max(9))) page: number) {
        return { page };
      }
    }
    const { url, close } = await startApp(platform, {
      imports: [ErrorsModule.forRoot({ body: { failures: true } })],
      controllers: [PagesController],
    });
    open.push({ close });
    const { body } = await errorAnswer(await fetch(`${url}/?page=10`));
    expect(body).toEqual({
      code: 'OUT_OF_RANGE',
      description: 'page must not be greater than 9.',
      failures: [
        {
          parameter: 'page',
          in: 'query',
          rule: 'max',
          limits: { max: 9 },
          description: 'page must not be greater than 9',
        },
      ],
    });
  });

  it('says what the application says, without what was sent', async () => {
    const schema = z.object({
      a: z.string().min(9, { error: ({ input }) => `${String(input)} is too short for us` }),
      b: z.number('give us a number'),
    });
    const post = await start(platform, taking(Body(askedBy(schema))));
    const answer = await errorAnswer(await post({ a: 'SECRET', b: 'SECRET' }));
    expect(answer.description).toBe('a: … is too short for us; b: give us a number.');
  });

  it('nothing of what was sent is told in the words of a library', async () => {
    for (const schema of [
      z3.object({ a: z3.enum(['x']) }),
      v.object({ a: v.picklist(['x']) }),
      v.object({ a: v.number() }),
      type({ a: '"x" | "y"' }),
      type({ a: 'number' }),
      type({ a: 'string' }).narrow(() => false),
    ]) {
      const post = await start(platform, taking(Body(askedBy(schema))));
      const answer = await errorAnswer(await post({ a: 'SECRET' }));
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).not.toContain('SECRET');
    }
  });

  it('a body too deep for a schema that refers to itself is no fault of the server', async () => {
    const tree: z.ZodType = z.lazy(() => z.object({ a: tree.optional() }));
    const post = await start(platform, taking(Body(askedBy(tree))));
    const depth = 15_000;
    const response = await post(`${'{"a":'.repeat(depth)}{}${'}'.repeat(depth)}`);
    expect((await errorAnswer(response)).code).toBe('BAD_REQUEST');
  });

  it('a schema that throws is one', async () => {
    const schema = z.object({
      a: z.string().refine(() => {
        throw new TypeError('a bug');
      }),
    });
    const post = await start(platform, taking(Body(askedBy(schema))));
    expect((await errorAnswer(await post({ a: 'x' }))).code).toBe('INTERNAL_SERVER_ERROR');
  });

  it('that has the name of its type is what the compiler takes for a class', async () => {
    const schema = z.object({ a: z.string() });
    const options = { validation: { transform: true, whitelist: true } };
    for (const [parameter, status] of [
      [Body(askedBy(schema)), 400],
      [Body(), 201],
    ] as const) {
      const post = await start(platform, taking(parameter, schema), { options });
      expect((await post({ a: 7 })).status).toBe(status);
      expect(await (await post({ a: 'x' })).json()).toEqual({ body: { a: 'x' } });
    }
  });

  it('of a DTO class that names a resource is the content of that', async () => {
    @Resource('BOOK')
    class BookDto {}
    const pipe = askedBy(z.object({ a: z.string() }));
    const post = await start(platform, taking(Body(pipe), BookDto));
    expect((await errorAnswer(await post({ a: 7 }))).code).toBe('INVALID_BOOK');
  });
});

test('SchemaValidationPipe takes nothing else', () => {
  expect(() => askedBy({ parse: () => 1 })).toThrow('takes a schema that has ~standard');
});

// Nest 11 has neither
const onNest12: (title: string, cases: (platform: PlatformName) => void) => void =
  StandardSchemaValidationPipe ? describe.each(platforms) : () => {};

onNest12('on Nest 12, @Body({ schema }), on %s', (platform) => {
  const schemas: Record<string, StandardSchema> = {
    zod: z.object({ a: z.string().max(2), b: z.coerce.number().optional() }),
    valibot: v.object({ a: v.pipe(v.string(), v.maxLength(2)), b: v.optional(v.unknown()) }),
    arktype: type({ a: 'string <= 2', 'b?': 'unknown' }),
  };
  const bodyOf = (schema: StandardSchema, ...pipes: PipeTransform[]) =>
    (Body as (options: object) => ParameterDecorator)({ schema, pipes });
  const refused = {
    code: 'LIMIT_EXCEEDED',
    description: 'a must be shorter than or equal to 2 characters.',
    failures: [
      {
        parameter: 'a',
        in: 'body',
        rule: 'maxLength',
        limits: { max: 2 },
        description: 'a must be shorter than or equal to 2 characters',
      },
    ],
  };

  it.each(Object.keys(schemas))('is validated by %s, with nothing else to do', async (name) => {
    const post = await start(platform, taking(bodyOf(schemas[name]!)));
    expect((await errorAnswer(await post({ a: 'xxx' }))).body).toEqual(refused);
    expect((await post({ a: 'xx' })).status).toBe(201);
  });

  it.each(Object.keys(schemas))(
    'has the same codes by the pipe that Nest has, of %s',
    async (name) => {
      const pipe = new StandardSchemaValidationPipe!();
      for (const [controller, application] of [
        [taking(bodyOf(schemas[name]!)), { pipe }],
        [taking(bodyOf(schemas[name]!, pipe)), {}],
      ] as const) {
        const post = await start(platform, controller, {
          options: { body: { failures: true } },
          ...application,
        });
        expect((await errorAnswer(await post({ a: 'xxx' }))).body).toEqual(refused);
      }
    },
  );

  it('under the status that the pipe is given, and without what was sent', async () => {
    const pipe = new StandardSchemaValidationPipe!({ errorHttpStatusCode: 422 });
    const schema = v.object({ a: v.number() });
    const post = await start(platform, taking(bodyOf(schema)), { pipe });
    const answer = await errorAnswer(await post({ a: 'SECRET' }));
    expect([answer.status, answer.code, answer.description]).toEqual([
      422,
      'UNPROCESSABLE_ENTITY',
      'a must be a number.',
    ]);
    expect(JSON.stringify(answer.body)).not.toContain('SECRET');
  });

  it('what the application makes of issues is its own', async () => {
    const pipe = new StandardSchemaValidationPipe!({
      exceptionFactory: () => new nest.UnprocessableEntityException('Not so.'),
    });
    const post = await start(platform, taking(bodyOf(schemas['zod']!)), { pipe });
    const answer = await errorAnswer(await post({ a: 'xxx' }));
    expect([answer.status, answer.description]).toEqual([422, 'Not so.']);
  });

  it('hands on what the schema makes, once, or the body as it came', async () => {
    for (const [validation, b] of [
      [undefined, 1],
      [{ transform: true }, 1],
      [{ transform: false }, '1'],
    ] as const) {
      const options = validation ? { validation } : {};
      const post = await start(platform, taking(bodyOf(schemas['zod']!)), { options });
      expect(await (await post({ a: 'x', b: '1' })).json()).toEqual({ body: { a: 'x', b } });
    }
  });

  it('is left to a validation pipe of the application, and to nobody where validation is off', async () => {
    class OwnValidationPipe implements PipeTransform {
      transform = (value: unknown) => value;
    }
    const controller = taking(bodyOf(schemas['zod']!));
    UsePipes(OwnValidationPipe)(controller);
    for (const post of [
      await start(platform, controller),
      await start(platform, taking(bodyOf(schemas['zod']!)), { options: { validation: false } }),
    ]) {
      expect((await post({ a: 'xxx' })).status).toBe(201);
    }
  });

  it('takes the one code, and says nothing, where that is asked for', async () => {
    const options = {
      validation: { code: 'INVALID_PARAMETER', disableErrorMessages: true },
    } as const;
    const post = await start(platform, taking(bodyOf(schemas['zod']!)), { options });
    expect((await errorAnswer(await post({}))).body).toEqual({
      code: 'INVALID_PARAMETER',
      description: 'A parameter has the wrong format or content.',
    });
  });

  it('beside DTO classes of class-validator', async () => {
    class Dto {
      @MinLength(2) a: string;
    }
    @Controller()
    class BothController {
      @Post() first(@Body() dto: Dto) {
        return dto;
      }
    }
    const post = await start(platform, BothController);
    expect((await errorAnswer(await post({ a: 'x' }))).code).toBe('LIMIT_EXCEEDED');
  });

  it('an answer that its schema refuses is an opaque 500', async () => {
    const { StandardSchemaSerializerInterceptor, SerializeOptions } = nest as unknown as {
      StandardSchemaSerializerInterceptor: Type;
      SerializeOptions: (options: object) => MethodDecorator;
    };
    @Controller()
    @nest.UseInterceptors(StandardSchemaSerializerInterceptor)
    class AnsweringController {
      @Get()
      @SerializeOptions({ schema: z.object({ a: z.literal('x', 'SECRET wanted') }) })
      get() {
        return { a: 'SECRET' };
      }
    }
    const { url, close } = await startApp(platform, {
      imports: [ErrorsModule],
      controllers: [AnsweringController],
    });
    open.push({ close });
    expect((await errorAnswer(await fetch(url))).body).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      description: 'The server failed to process the request.',
    });
  });
});
