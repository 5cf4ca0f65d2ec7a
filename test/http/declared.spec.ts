import {
  Body,
  type CanActivate,
  Controller,
  DefaultValuePipe,
  Get,
  Injectable,
  Param,
  ParseEnumPipe,
  ParseIntPipe,
  Post,
  Query,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  AccessDeniedException,
  Authorize,
  BearerGuard,
  ConflictException,
  DeletedException,
  ErrorsModule,
  type ErrorsModuleOptions,
  InvalidTokenException,
  NotFoundException,
  OptionalToken,
  ParameterOutOfRangeException,
  Public,
  RequireAuthentication,
  RequireScopes,
  Resource,
  ResourceNotExistException,
  ServiceUnavailableException,
  Throws,
  validationExceptionFactory,
  verifiedToken,
} from 'nestjs-api-errors';
import {
  ROUTE_DECLARATIONS,
  type RouteDeclarations,
} from '../../lib/documents/declared/route-declarations.js';
import { errorAnswer } from '../support/answers.js';
import { platforms, startApp } from '../support/platforms.js';

class Anything {
  @IsOptional() @IsBoolean() flag?: boolean;
}
class Named {
  @IsString() name: string;
}
class Defaulted {
  @Type(() => Number) @IsInt() limit = 20;
}
class Bounded {
  @IsOptional() @Min(1) @Max(9) page?: number;
}
class Sized {
  @IsOptional() @MaxLength(3) name?: string;
}
class BoundedAndSized {
  @IsOptional() @Max(9) page?: number;
  @IsOptional() @MaxLength(3) name?: string;
}
class Conditional {
  @ValidateIf(({ other }: Conditional) => other === 'x') @MaxLength(3) name?: string;
  @IsOptional() @IsString() other?: string;
}
class Chapter {
  @IsOptional() @Max(9) page?: number;
}
class Nested {
  @IsOptional()
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => Chapter)
  chapters?: Chapter[];
}
class Tree {
  @IsOptional() @ValidateNested() @Type(() => Tree) child?: Tree;
  @IsOptional() @IsString() name?: string;
}
class Inheriting extends Bounded {
  @IsString() name: string;
}
@Resource('BOOK')
class Book {
  @IsString() @MaxLength(3) title: string;
}
class IsbnParams {
  @IsString() @MaxLength(3) isbn: string;
}
class Undecorated {
  anything?: string;
}

type Controllers = new (...args: never[]) => object;
type Sent = RequestInit & { readonly path?: string };

const json = (body: unknown): Sent => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const as = (token: string): Sent => ({ headers: { Authorization: `Bearer ${token}` } });
const at = (path: string): Sent => ({ path });

/** What the parsers of each body refuse. */
const BODY = ['400 BAD_REQUEST', '413 PAYLOAD_TOO_LARGE', '415 UNSUPPORTED_MEDIA_TYPE'];

/** A controller with one route, as decorators would make it. */
function route(method: MethodDecorator, ...decorators: MethodDecorator[]): Controllers {
  class RouteController {
    answer() {
      return 'ok';
    }
  }
  const { prototype } = RouteController;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'answer')!;
  for (const decorator of [method, ...decorators]) {
    decorator(prototype, 'answer', descriptor);
  }
  Controller()(RouteController);
  return RouteController;
}

/** A route whose one parameter is of this type. */
function taking(type: unknown, parameter: ParameterDecorator, method: MethodDecorator = Post()) {
  const controller = route(method);
  const prototype = controller.prototype as object;
  parameter(prototype, 'answer', 0);
  Reflect.defineMetadata('design:paramtypes', [type], prototype, 'answer');
  return controller;
}

const verifier = {
  verify(token: string) {
    if (token === 'bad') {
      throw new InvalidTokenException();
    }
    if (token === 'outage') {
      throw new ServiceUnavailableException();
    }
    return verifiedToken({ scope: token });
  },
};
const guarded: ErrorsModuleOptions = { bearer: { verifier, global: true } };

@Injectable()
@Throws(AccessDeniedException)
class SuspendedGuard implements CanActivate {
  canActivate(): boolean {
    throw new AccessDeniedException();
  }
}

/** Routes that declare nothing by a decorator, what they can answer, and requests that meet it. */
const bodies: [string, new () => object, ErrorsModuleOptions, string[], unknown[]][] = [
  ['an optional flag', Anything, {}, ['400 INVALID_PARAMETER'], [{ flag: 1 }]],
  [
    'a required name',
    Named,
    {},
    ['400 INVALID_PARAMETER', '400 MISSING_PARAMETER'],
    [{}, { name: 1 }],
  ],
  ['a default', Defaulted, {}, ['400 INVALID_PARAMETER'], [{ limit: 'x' }]],
  [
    'a bound',
    Bounded,
    {},
    ['400 INVALID_PARAMETER', '400 OUT_OF_RANGE'],
    [{ page: 10 }, { page: 'x' }],
  ],
  [
    'a size',
    Sized,
    {},
    ['400 INVALID_PARAMETER', '400 LIMIT_EXCEEDED'],
    [{ name: 'abcd' }, { name: 1 }],
  ],
  [
    'a bound and a size, which may fail at once',
    BoundedAndSized,
    {},
    ['400 INVALID_PARAMETER', '400 LIMIT_EXCEEDED', '400 OUT_OF_RANGE'],
    [{ page: 10 }, { name: 'abcd' }, { page: 10, name: 'abcd' }],
  ],
  [
    'a condition of the application',
    Conditional,
    {},
    ['400 INVALID_PARAMETER', '400 LIMIT_EXCEEDED', '400 MISSING_PARAMETER'],
    [{ other: 'x' }, { other: 'x', name: 'abcd' }, { other: 1 }],
  ],
  [
    'nested parts',
    Nested,
    {},
    ['400 INVALID_PARAMETER', '400 LIMIT_EXCEEDED', '400 OUT_OF_RANGE'],
    [{ chapters: 'x' }, { chapters: [{}, {}, {}] }, { chapters: [{ page: 10 }] }],
  ],
  ['parts of its own kind', Tree, {}, ['400 INVALID_PARAMETER'], [{ child: { name: 1 } }]],
  [
    'inherited rules',
    Inheriting,
    {},
    ['400 INVALID_PARAMETER', '400 MISSING_PARAMETER', '400 OUT_OF_RANGE'],
    [{}, { name: 1 }, { name: 'x', page: 10 }],
  ],
  [
    'a resource',
    Book,
    {},
    ['400 INVALID_BOOK', '400 LIMIT_EXCEEDED', '400 MISSING_PARAMETER'],
    [{}, { title: 1 }, { title: 'abcd' }],
  ],
  ['no rules', Undecorated, {}, [], []],
  [
    'no rules, and nothing else allowed',
    Undecorated,
    { validation: { whitelist: true, forbidNonWhitelisted: true } },
    ['400 INVALID_PARAMETER'],
    [{ anything: 1 }],
  ],
  [
    'one code for all',
    Named,
    { validation: { code: 'INVALID_PARAMETER' } },
    ['400 INVALID_PARAMETER'],
    [{}, { name: 1 }],
  ],
  [
    'what is absent skipped',
    Named,
    { validation: { skipMissingProperties: true } },
    ['400 INVALID_PARAMETER'],
    [{ name: 1 }],
  ],
  ['validation switched off', Named, { validation: false }, [], []],
];

const routes: [string, Controllers, ErrorsModuleOptions, string[], Sent[]][] = [
  ['nothing', route(Get()), {}, [], []],
  [
    'a body',
    taking(Object, Body()),
    {},
    BODY,
    [
      json('{'),
      json({ name: 'x'.repeat(1_100_000) }),
      { ...json('{}'), headers: { 'Content-Type': 'application/json; charset=x-unknown' } },
      { ...json('{}'), headers: { 'Content-Type': 'application/x-unknown' } },
    ],
  ],
  [
    'a query',
    taking(Named, Query(), Get()),
    {},
    ['400 INVALID_PARAMETER', '400 MISSING_PARAMETER'],
    [at('/'), at('/?name=x&name=y')],
  ],
  [
    'a part of the path, which is never missing',
    taking(IsbnParams, Param(), Get(':isbn')),
    {},
    ['400 LIMIT_EXCEEDED'],
    [at('/abcd')],
  ],
  [
    'a parsed part of the path',
    taking(Number, Param('id', ParseIntPipe), Get(':id')),
    {},
    ['400 INVALID_PARAMETER'],
    [at('/x')],
  ],
  [
    'a parsed parameter',
    taking(String, Query('size', new ParseEnumPipe(['s', 'l'])), Get()),
    {},
    ['400 INVALID_PARAMETER', '400 MISSING_PARAMETER'],
    [at('/?size=m'), at('/')],
  ],
  [
    'a parsed parameter with another status',
    taking(Number, Param('id', new ParseIntPipe({ errorHttpStatusCode: 404 })), Get(':id')),
    {},
    ['404 NOT_FOUND'],
    [at('/x')],
  ],
  [
    'a parsed parameter with a default',
    taking(Number, Query('page', new DefaultValuePipe(1), ParseIntPipe), Get()),
    {},
    ['400 INVALID_PARAMETER'],
    [at('/?page=x'), at('/')],
  ],
  [
    'a parsed parameter that may be left out',
    taking(Number, Query('page', new ParseIntPipe({ optional: true })), Get()),
    {},
    ['400 INVALID_PARAMETER'],
    [at('/?page=x'), at('/')],
  ],
  [
    "a ValidationPipe of the application's own",
    taking(Bounded, Query(new ValidationPipe()), Get()),
    { validation: false },
    ['400 INVALID_PARAMETER'],
    [at('/?page=10')],
  ],
  [
    'a ValidationPipe with validationExceptionFactory',
    taking(
      Bounded,
      Query(
        new ValidationPipe({
          exceptionFactory: validationExceptionFactory,
          transform: true,
          transformOptions: { enableImplicitConversion: true },
        }),
      ),
      Get(),
    ),
    { validation: false },
    ['400 INVALID_PARAMETER', '400 OUT_OF_RANGE'],
    [at('/?page=10'), at('/?page=x')],
  ],
  ['a declaring guard', route(Get(), UseGuards(SuspendedGuard)), {}, ['403 ACCESS_DENIED'], [{}]],
  [
    'the bearer guard',
    route(Get()),
    guarded,
    ['400 BAD_REQUEST', '401 UNAUTHORIZED', '503 SERVICE_UNAVAILABLE'],
    [as('a b'), as('bad'), {}, as('outage')],
  ],
  [
    'the bearer guard, on one route',
    route(Get(), UseGuards(BearerGuard)),
    { bearer: { verifier } },
    ['400 BAD_REQUEST', '401 UNAUTHORIZED', '503 SERVICE_UNAVAILABLE'],
    [as('a b'), as('bad'), as('outage')],
  ],
  ['@Public()', route(Get(), Public()), guarded, [], [as('bad')]],
  [
    '@OptionalToken()',
    route(Get(), OptionalToken()),
    guarded,
    ['400 BAD_REQUEST', '401 UNAUTHORIZED', '503 SERVICE_UNAVAILABLE'],
    [as('a b'), as('bad'), {}, as('outage')],
  ],
  [
    'scopes',
    route(Get(), RequireScopes('write')),
    guarded,
    ['400 BAD_REQUEST', '401 UNAUTHORIZED', '403 FORBIDDEN', '503 SERVICE_UNAVAILABLE'],
    [as('a b'), as('bad'), as('read'), as('outage')],
  ],
  [
    '@RequireAuthentication()',
    route(Get(), RequireAuthentication({ acrValues: ['strong'] })),
    guarded,
    ['400 BAD_REQUEST', '401 UNAUTHORIZED', '503 SERVICE_UNAVAILABLE'],
    [as('a b'), as('weak'), as('outage')],
  ],
  [
    '@Authorize()',
    route(
      Get(),
      Authorize(() => false),
    ),
    guarded,
    ['400 BAD_REQUEST', '401 UNAUTHORIZED', '403 FORBIDDEN', '503 SERVICE_UNAVAILABLE'],
    [as('a b'), as('bad'), as('read'), as('outage')],
  ],
  [
    'statuses folded into the contract',
    taking(Sized, Body()),
    { strict: true },
    ['400 BAD_REQUEST', '400 INVALID_PARAMETER', '400 LIMIT_EXCEEDED'],
    [
      json('{'),
      json({ name: 1 }),
      json({ name: 'abcd' }),
      json({ name: 'x'.repeat(1_100_000) }),
      { ...json('{}'), headers: { 'Content-Type': 'application/json; charset=x-unknown' } },
    ],
  ],
];

describe.each(platforms)('a route declares by itself, on %s', (platform) => {
  const always = '500 INTERNAL_SERVER_ERROR';

  it.each(bodies)('%s', async (_what, dto, options, expected, sent) => {
    const { declared, met } = await tell(taking(dto, Body()), options, sent.map(json));
    expect(declared).toEqual([...BODY, ...expected, always].toSorted());
    expect(met).toEqual(expected.toSorted());
  });

  it('but what a factory of the application makes, which is not called to see', async () => {
    let calls = 0;
    const exceptionFactory = () => {
      calls += 1;
      return new ParameterOutOfRangeException();
    };
    const parameter = Param('id', new ParseIntPipe({ exceptionFactory }));
    const { declared, met } = await tell(taking(Number, parameter, Get(':id')), {}, [at('/x')]);
    expect(declared).toEqual([always]);
    expect(met).toEqual(['400 OUT_OF_RANGE']);
    expect(calls).toBe(1);
  });

  it.each(routes)('%s', async (_what, controller, options, expected, sent) => {
    const { declared, met } = await tell(controller, options, sent);
    expect(declared).toEqual([...expected, always].toSorted());
    expect(met).toEqual(expected.toSorted());
  });

  /** What the route declares, and which errors the requests met. */
  async function tell(
    controller: Controllers,
    options: ErrorsModuleOptions,
    sent: readonly Sent[],
  ): Promise<{ declared: string[]; met: string[] }> {
    const imports = [ErrorsModule.forRoot(options)];
    const { app, url, close } = await startApp(platform, { imports, controllers: [controller] });
    const declarations = app.get<RouteDeclarations>(ROUTE_DECLARATIONS);
    const { errors } = declarations.of(declarations.table.routes[0]!);
    const declared = errors.map(({ status, code }) => `${status} ${code}`);
    const met = new Set(await Promise.all(sent.map((request) => answerTo(url, request))));
    met.delete('ok');
    await close();
    return { declared: declared.toSorted(), met: [...met].toSorted() };
  }
});

async function answerTo(url: string, { path = '/', ...init }: Sent): Promise<string> {
  const response = await fetch(`${url}${path}`, init);
  if (response.ok) {
    return 'ok';
  }
  const { status, code } = await errorAnswer(response);
  return `${status} ${code}`;
}

describe('what @Throws() declares', () => {
  const BookNotExist = ResourceNotExistException.for('BOOK');

  @Throws(NotFoundException)
  abstract class Base {
    @Throws(ConflictException) @Get('inherited') inherited() {}
    @Throws(ConflictException) @Get('overridden') overridden() {}
  }

  @Throws(DeletedException)
  @Controller('derived')
  class Derived extends Base {
    @Get('overridden') @Throws(BookNotExist) override overridden() {}
    @Throws(BookNotExist) @Get('stacked') @Throws(ConflictException, BookNotExist) stacked() {}
    @Throws(ConflictException) @Replaced() @Get('replaced') replaced() {}
  }

  @Controller('sibling')
  class Sibling extends Base {}

  it('adds up: class, method, what they inherit and override, in any order', async () => {
    const { app, close } = await startApp('express', {
      imports: [ErrorsModule],
      controllers: [Derived, Sibling],
    });
    const declarations = app.get<RouteDeclarations>(ROUTE_DECLARATIONS);
    const codesOf = (type: Controllers) =>
      Object.fromEntries(
        declarations.table.routes
          .filter(({ controller }) => controller === type)
          .map((each) => [
            String(Reflect.getMetadata('path', each.handler)),
            declarations
              .of(each)
              .errors.map(({ code }) => code)
              .join(' '),
          ]),
      );
    expect(codesOf(Derived)).toEqual({
      inherited: 'NOT_FOUND CONFLICT DELETED INTERNAL_SERVER_ERROR',
      overridden: 'NOT_FOUND BOOK_NOT_EXIST CONFLICT DELETED INTERNAL_SERVER_ERROR',
      stacked: 'NOT_FOUND BOOK_NOT_EXIST CONFLICT DELETED INTERNAL_SERVER_ERROR',
      replaced: 'NOT_FOUND CONFLICT DELETED INTERNAL_SERVER_ERROR',
    });
    expect(codesOf(Sibling)).toEqual({
      inherited: 'NOT_FOUND CONFLICT INTERNAL_SERVER_ERROR',
      overridden: 'NOT_FOUND CONFLICT INTERNAL_SERVER_ERROR',
    });
    await close();
  });

  it.each<[string, unknown[], RegExp]>([
    ['nothing', [], /names no exception; give it a class/],
    ['a class of another library', [Error], /takes classes of this library.*function Error/],
    ['an instance', [new DeletedException()], /an instance: leave out `new`/],
    ['a code', ['DELETED'], /not string/],
    ['null', [null], /not null/],
    ['a template', [ResourceNotExistException], /ResourceNotExistException\.for\('BOOK'\)/],
  ])('refuses %s', (_what, exceptions, message) => {
    expect(() => Throws(...(exceptions as never[]))).toThrow(message);
    expect(() => Throws(...(exceptions as never[]))).toThrow(TypeError);
  });
});

/** Puts another function in the place of the method, with what Nest knows of it. */
function Replaced(): MethodDecorator {
  return (_target, _key, descriptor: PropertyDescriptor) => {
    const original = descriptor.value as (...args: unknown[]) => unknown;
    const replacement = function replacement(this: unknown, ...args: unknown[]): unknown {
      return original.apply(this, args);
    };
    for (const key of Reflect.getMetadataKeys(original)) {
      Reflect.defineMetadata(key, Reflect.getMetadata(key, original), replacement);
    }
    descriptor.value = replacement;
  };
}
