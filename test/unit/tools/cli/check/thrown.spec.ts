import type { Sources } from '../adopt/application.folder.js';
import { thrownIn } from './checked.folder.js';

const imports = `import { BadGatewayException, CallHandler, CanActivate, Controller, createParamDecorator, ExecutionContext, Get, HttpException, HttpStatus, Inject,
  Injectable, Module, NestInterceptor, Param, PipeTransform, Query, UseFilters, UseGuards, UseInterceptors, UsePipes, applyDecorators, Catch } from '@nestjs/common';
import * as nest from '@nestjs/common';
import { ApiException, ConflictException, defineException, DeletedException, ForbiddenException, NotFoundException,
  ResourceNotExistException } from 'nestjs-api-errors';
import { catchError, firstValueFrom, from, map, mergeMap, Observable, of, switchMap, throwError, defer } from 'rxjs';
`;

/** An application of one file, of these declarations and one handler. */
const withHandler = (body: string, declarations = '', around = '') => `${imports}
${declarations}
@Controller('a')
${around}
export class A {
  constructor(private readonly service: Service) {}
  @Get() async a(): Promise<unknown> { ${body} }
}`;

const service = (members: string, more = '') => `${more}
@Injectable() export class Service { ${members} }`;

/** Each construct: its name, what the handler does, what is declared beside it, what is thrown. */
const cases: readonly [string, string, string, readonly string[]][] = [
  [
    'a call of a service',
    'return this.service.find();',
    service('async find() { throw new ConflictException(); }'),
    ['409 CONFLICT'],
  ],
  ["an exception of Nest's", '', service('x = 1;'), []],
  [
    'an inherited method',
    'return this.service.find();',
    service('', `class Base { find() { throw new ConflictException(); } }`).replace(
      'Service {',
      'Service extends Base {',
    ),
    ['409 CONFLICT'],
  ],
  [
    'a method that overrides another',
    'return this.service.find();',
    service(
      'one() { throw new DeletedException(); }',
      `class Base { find(): void { this.one(); } one(): void { throw new ConflictException(); } }`,
    ).replace('Service {', 'Service extends Base {'),
    ['410 DELETED'],
  ],
  [
    'super',
    'return this.service.find();',
    service(
      'find() { return super.find(); }',
      `class Base { find(): void { throw new ConflictException(); } }`,
    ).replace('Service {', 'Service extends Base {'),
    ['409 CONFLICT'],
  ],
  [
    'a resource that a subclass names',
    'return this.service.find();',
    service(
      "protected readonly resource = 'BOOK' as const;",
      `abstract class Base { protected abstract readonly resource: string; find() { throw new ResourceNotExistException(this.resource as 'X'); } }`,
    ).replace('Service {', 'Service extends Base {'),
    ['404 BOOK_NOT_EXIST'],
  ],
  [
    'a resource that a constructor hands over',
    'return this.service.find();',
    service(
      "constructor() { super('BOOK'); }",
      `abstract class Base { constructor(private readonly resource: string) {} find() { throw new ResourceNotExistException(this.resource as 'X'); } }`,
    ).replace('Service {', 'Service extends Base {'),
    ['404 BOOK_NOT_EXIST'],
  ],
  [
    'a generic helper',
    "found(undefined as string | undefined, 'BOOK');",
    service(
      '',
      `function found<T>(thing: T | undefined, name: string): T { if (!thing) { throw new ResourceNotExistException(name as 'X'); } return thing; }`,
    ),
    ['404 BOOK_NOT_EXIST'],
  ],
  [
    'an argument of an enum',
    'throw new ResourceNotExistException(Kind.Book);',
    service('', `enum Kind { Book = 'BOOK' }`),
    ['404 BOOK_NOT_EXIST'],
  ],
  [
    'an argument of a union',
    "const kind = undefined as unknown as 'BOOK' | 'LOAN'; throw new ResourceNotExistException(kind);",
    service(''),
    ['404 BOOK_NOT_EXIST', '404 LOAN_NOT_EXIST'],
  ],
  [
    '.for() of a constant',
    'throw new Missing();',
    service('', `const BOOK = 'BOOK'; const Missing = ResourceNotExistException.for(BOOK);`),
    ['404 BOOK_NOT_EXIST'],
  ],
  [
    'defineException()',
    'throw new Late();',
    service(
      '',
      `class Late extends defineException({ code: 'LATE', status: 403, description: 'Late.' }) {}`,
    ),
    ['403 LATE'],
  ],
  [
    'a variable',
    'const error = new ConflictException(); throw error;',
    service(''),
    ['409 CONFLICT'],
  ],
  [
    'a choice',
    'throw this ? new ConflictException() : new DeletedException();',
    service(''),
    ['409 CONFLICT', '410 DELETED'],
  ],
  [
    'what a factory makes',
    'throw make();',
    service('', `const make = () => new ConflictException();`),
    ['409 CONFLICT'],
  ],
  [
    'an HttpException with a status',
    "throw new HttpException('Pay.', HttpStatus.PAYMENT_REQUIRED);",
    service(''),
    ['402 PAYMENT_REQUIRED'],
  ],
  [
    "a class that extends one of Nest's",
    "throw new Taken('a');",
    service(
      '',
      `class Taken extends nest.ConflictException { constructor(name: string) { super({ code: 'NAME_TAKEN', message: name }); } }`,
    ),
    ['409 NAME_TAKEN'],
  ],
  ['a redirection is no error', "throw new HttpException('There.', 302);", service(''), []],
  [
    'a handled error',
    'try { await this.service.find(); } catch { return 1; }',
    service('async find() { throw new ConflictException(); }'),
    [],
  ],
  [
    'a promise that is not awaited escapes its try',
    'try { return this.service.find(); } catch { return 1; }',
    service('async find() { throw new ConflictException(); }'),
    ['409 CONFLICT'],
  ],
  [
    'a promise that nobody waits for',
    'void this.service.find(); return 1;',
    service('async find() { throw new ConflictException(); }'),
    [],
  ],
  [
    'instanceof',
    'try { await this.service.find(); } catch (error) { if (error instanceof ConflictException) { return 1; } throw error; }',
    service(
      'async find(id = 1) { if (id) { throw new ConflictException(); } throw new DeletedException(); }',
    ),
    ['410 DELETED'],
  ],
  [
    'code ===',
    "try { await this.service.find(); } catch (error) { if (error instanceof ApiException && error.code === 'CONFLICT') { return 1; } throw error; }",
    service(
      'async find(id = 1) { if (id) { throw new ConflictException(); } throw new DeletedException(); }',
    ),
    ['410 DELETED'],
  ],
  [
    'a test of the type',
    'try { await this.service.find(); } catch (error) { if (isConflict(error)) { return 1; } throw error; }',
    service(
      'async find(id = 1) { if (id) { throw new ConflictException(); } throw new DeletedException(); }',
      `const isConflict = (error: unknown): error is ConflictException => error instanceof ConflictException;`,
    ),
    ['410 DELETED'],
  ],
  [
    'another error in its place',
    'try { await this.service.find(); } catch (error) { throw new ForbiddenException({ cause: error }); }',
    service('async find() { throw new ConflictException(); }'),
    ['403 FORBIDDEN'],
  ],
  [
    'a finally that returns',
    'try { await this.service.find(); } finally { return 1; }',
    service('async find() { throw new ConflictException(); }'),
    [],
  ],
  [
    'a callback of an array',
    'return [1].map(() => { throw new ConflictException(); });',
    service(''),
    ['409 CONFLICT'],
  ],
  [
    'a callback of a transaction',
    'return this.service.transaction(async () => { throw new ConflictException(); });',
    service('async transaction<T>(work: () => Promise<T>): Promise<T> { return work(); }'),
    ['409 CONFLICT'],
  ],
  [
    'Promise.all',
    'await Promise.all([this.service.find(), 1]);',
    service('async find() { throw new ConflictException(); }'),
    ['409 CONFLICT'],
  ],
  [
    'then and catch',
    'return this.service.find().then(() => { throw new DeletedException(); }).catch((error: unknown) => { if (error instanceof DeletedException) { throw error; } });',
    service('async find() { throw new ConflictException(); }'),
    ['410 DELETED'],
  ],
  [
    'Promise.reject',
    'return Promise.reject(new ConflictException());',
    service(''),
    ['409 CONFLICT'],
  ],
  [
    'new Promise',
    'return new Promise((resolve, reject) => { reject(new ConflictException()); });',
    service(''),
    ['409 CONFLICT'],
  ],
  [
    'observables',
    'return of(1).pipe(map(() => { throw new ConflictException(); }), switchMap(() => throwError(() => new DeletedException())));',
    service(''),
    ['409 CONFLICT', '410 DELETED'],
  ],
  [
    'catchError',
    'return from(this.service.find()).pipe(catchError((error: unknown) => throwError(() => error instanceof ConflictException ? new ForbiddenException() : error)));',
    service('async find() { throw new ConflictException(); }'),
    ['403 FORBIDDEN'],
  ],
  [
    'defer and mergeMap',
    'return defer(() => of(1)).pipe(mergeMap(() => this.service.find()));',
    service('async find() { throw new ConflictException(); }'),
    ['409 CONFLICT'],
  ],
  [
    'an async generator',
    'for await (const one of this.service.all()) { void one; }',
    service('async *all() { yield 1; throw new ConflictException(); }'),
    ['409 CONFLICT'],
  ],
  [
    'a generator',
    'for (const one of this.service.all()) { void one; }',
    service('*all(): Generator<number> { yield 1; throw new ConflictException(); }'),
    ['409 CONFLICT'],
  ],
  [
    'a getter',
    'return this.service.ready;',
    service('get ready() { throw new ConflictException(); }'),
    ['409 CONFLICT'],
  ],
  [
    'recursion',
    'return this.service.walk(3);',
    service(
      'walk(depth: number): void { if (depth === 0) { throw new ConflictException(); } this.turn(depth - 1); } turn(depth: number): void { this.walk(depth); throw new DeletedException(); }',
    ),
    ['409 CONFLICT', '410 DELETED'],
  ],
  [
    'a function that calls itself with more and more',
    'return wrap(() => 1);',
    service(
      '',
      `function wrap(work: () => unknown): unknown { if (Math.random() > 0.5) { throw new ConflictException(); } return wrap(() => work()); }`,
    ),
    ['409 CONFLICT'],
  ],
  [
    'an object of functions',
    "return handlers['a']!();",
    service(
      '',
      `const handlers: Record<string, () => void> = { a: () => { throw new ConflictException(); } };`,
    ),
    ['409 CONFLICT'],
  ],
  [
    'destructuring',
    'const { find } = make(); find();',
    service('', `const make = () => ({ find: () => { throw new ConflictException(); } });`),
    ['409 CONFLICT'],
  ],
  [
    'code apart from the request',
    'setTimeout(() => { throw new ConflictException(); }); return 1;',
    service(''),
    [],
  ],
];

/** Ways to provide what a constructor asks for: its name, the parameter, the provider, what is thrown. */
const injected: readonly [string, string, string, string, readonly string[]][] = [
  ['useClass', '@Inject(BOOKS)', 'Books', '{ provide: BOOKS, useClass: Bad }', ['409 CONFLICT']],
  ['useClass of another', '@Inject(BOOKS)', 'Books', '{ provide: BOOKS, useClass: Good }', []],
  [
    'useExisting',
    '@Inject(BOOKS)',
    'Books',
    'Bad, { provide: BOOKS, useExisting: Bad }',
    ['409 CONFLICT'],
  ],
  [
    'useFactory',
    '@Inject(BOOKS)',
    'Books',
    '{ provide: BOOKS, useFactory: () => new Bad() }',
    ['409 CONFLICT'],
  ],
  [
    'useFactory, a promise of an object',
    '@Inject(BOOKS)',
    'Books',
    '{ provide: BOOKS, useFactory: async () => ({ find: async () => { throw new DeletedException(); } }) }',
    ['410 DELETED'],
  ],
  [
    'useValue',
    '@Inject(BOOKS)',
    'Books',
    '{ provide: BOOKS, useValue: new Bad() }',
    ['409 CONFLICT'],
  ],
  ['a text', "@Inject('books')", 'Books', "{ provide: 'books', useClass: Bad }", ['409 CONFLICT']],
  ['an abstract class', '', 'Shelf', '{ provide: Shelf, useClass: Bad }', ['409 CONFLICT']],
  ['an abstract class that one extends', '', 'Shelf', 'Bad', ['409 CONFLICT']],
  ['an interface that nothing is bound to', '', 'Books', 'Bad', ['409 CONFLICT']],
  [
    'a class in the place of another',
    '',
    'Good',
    '{ provide: Good, useClass: Bad }',
    ['409 CONFLICT'],
  ],
];

const withInjected = (inject: string, type: string, provider: string) => `${imports}
export interface Books { find(): Promise<string>; }
export const BOOKS = Symbol('books');
export abstract class Shelf { abstract find(): Promise<string>; }
@Injectable() export class Good implements Books { async find() { return 'a'; } }
@Injectable() export class Bad extends Shelf implements Books { async find(): Promise<string> { throw new ConflictException(); } }
@Controller('a') export class A {
  ${inject === 'property' ? `@Inject() private readonly books: ${type};` : `constructor(${inject} private readonly books: ${type}) {}`}
  @Get() a() { return this.books.find(); }
}
@Module({ controllers: [A], providers: [${provider}] }) export class M {}`;

const withAround = (
  decorators: string,
  declarations: string,
  method = '@Get() a() { return 1; }',
) => `${imports}\n${declarations}\n@Controller('a') ${decorators} export class A { ${method} }`;

const either = `@Get() a(): number { if (Math.random() > 1) { throw new ConflictException(); } throw new ForbiddenException(); }`;

/** What is around a handler. */
const around: readonly [string, string, readonly string[]][] = [
  [
    'a guard that throws, and may say no',
    withAround(
      '@UseGuards(G)',
      `@Injectable() class G implements CanActivate { canActivate(c: ExecutionContext): boolean { if (c) { throw new ConflictException(); } return !c; } }`,
    ),
    ['403 FORBIDDEN', '409 CONFLICT'],
  ],
  [
    'a guard that always says yes',
    withAround(
      '@UseGuards(G)',
      `@Injectable() class G implements CanActivate { canActivate(): boolean { return true; } }`,
    ),
    [],
  ],
  [
    "a guard in a decorator of the application's own",
    withAround(
      '@Auth()',
      `@Injectable() class G implements CanActivate { canActivate(): boolean { throw new ConflictException(); } }
const Auth = () => applyDecorators(UseGuards(G));`,
    ),
    ['409 CONFLICT'],
  ],
  [
    'pipes of parameters, by their class and made',
    withAround(
      '',
      `@Injectable() class P implements PipeTransform { transform(value: unknown) { if (!value) { throw new ConflictException(); } return value; } }
class Q implements PipeTransform { constructor(private readonly kind: string) {} transform(): unknown { throw new ResourceNotExistException(this.kind as 'X'); } }`,
      `@Get(':id') a(@Param('id', P) id: string, @Query('q', new Q('BOOK')) q: string) { return id + q; }`,
    ),
    ['404 BOOK_NOT_EXIST', '409 CONFLICT'],
  ],
  [
    'a pipe for the whole class',
    withAround(
      '@UsePipes(P)',
      `class P implements PipeTransform { transform() { throw new ConflictException(); } }`,
    ),
    ['409 CONFLICT'],
  ],
  [
    'an interceptor that answers with another error',
    withAround(
      '@UseInterceptors(I)',
      `@Injectable() class I implements NestInterceptor { intercept(_c: ExecutionContext, next: CallHandler): Observable<unknown> {
  return next.handle().pipe(catchError((error: unknown) => throwError(() => error instanceof ConflictException ? new DeletedException() : error))); } }`,
      either,
    ),
    ['403 FORBIDDEN', '410 DELETED'],
  ],
  [
    "what a filter of the application's catches",
    withAround('@UseFilters(F)', `@Catch(ConflictException) class F { catch() {} }`, either),
    ['403 FORBIDDEN'],
  ],
  [
    'a decorator of a parameter',
    withAround(
      '',
      `const Key = createParamDecorator((): string => { throw new ConflictException(); });`,
      '@Get() a(@Key() key: string) { return key; }',
    ),
    ['409 CONFLICT'],
  ],
  [
    'an inherited handler',
    withAround('', `class Base { @Get('b') b() { throw new ConflictException(); } }`).replace(
      'class A {',
      'class A extends Base {',
    ),
    [],
  ],
];

const transports = `import { Controller } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { Mutation, Query, Resolver } from '@nestjs/graphql';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { ConflictException } from 'nestjs-api-errors';
const fail = () => { throw new ConflictException(); };
@Controller() export class A { @MessagePattern('a') a() { fail(); } @EventPattern('b') b() { fail(); } }
@Resolver() export class B { @Query() a() { fail(); } @Mutation() b() { fail(); } }
@WebSocketGateway() export class C { @SubscribeMessage('a') a() { fail(); } }`;

const sources: Sources = {
  ...Object.fromEntries(
    cases.map(([, body, declarations], index) => [
      `case${index}.ts`,
      withHandler(body, declarations),
    ]),
  ),
  ...Object.fromEntries(
    injected.map(([, inject, type, provider], index) => [
      `injected${index}.ts`,
      withInjected(inject, type, provider),
    ]),
  ),
  ...Object.fromEntries(around.map(([, source], index) => [`around${index}.ts`, source])),
  'property.ts': withInjected('property', 'Bad', 'Bad'),
  'transports.ts': transports,
  'documented.ts': `import { Controller, Get } from '@nestjs/common';\nimport { find } from 'shelf';\n@Controller() export class A { @Get() a() { return find(); } }`,
  'node_modules/shelf/package.json': JSON.stringify({ name: 'shelf', types: 'index.d.ts' }),
  'node_modules/shelf/index.d.ts': `/** Finds.\n * @throws ResourceNotExistException.for('BOOK'), ConflictException where it is taken\n * @returns no DeletedException */\nexport declare function find(): string;`,
  'mapped.ts': `import { Controller, Get } from '@nestjs/common';
import { ConflictException, type ErrorMapper, MapErrors } from 'nestjs-api-errors';
class Taken extends Error {}
@MapErrors(Taken) export class Mapper implements ErrorMapper { toException() { return new ConflictException(); } }
@Controller() export class A { @Get() a() { throw new Taken(); } @Get('b') b() { throw new Error(); } }`,
  'sent.ts': `import { Controller, Get } from '@nestjs/common';
import { CommandBus, CommandHandler } from '@nestjs/cqrs';
import { ConflictException } from 'nestjs-api-errors';
class Add {}
@CommandHandler(Add) export class Adding { async execute() { throw new ConflictException(); } }
@Controller() export class A { constructor(private readonly bus: CommandBus) {} @Get() a() { return this.bus.execute(new Add()); } }`,
  'unknown.ts': `import { Controller, Get, HttpException } from '@nestjs/common';
@Controller() export class A {
  constructor(private readonly work: () => void) {}
  @Get('a') a(error: any) { throw error; }
  @Get('b') b(status: number) { throw new HttpException('No.', status); }
  @Get('c') c() { return this.work(); }
}`,
};

let thrown: Awaited<ReturnType<typeof thrownIn>>;
// One program for all of them: what takes its time is the types of the packages
beforeAll(async () => {
  thrown = await thrownIn(sources);
});

describe('what a handler throws by', () => {
  it.each(cases.map(([name, , , expected], index) => [name, index, expected] as const))(
    '%s',
    (_name, index, expected) => {
      expect(thrown[`case${index}.ts`]!['A.a']).toEqual(expected);
    },
  );
});

describe('what a handler throws that is injected', () => {
  it.each(injected.map(([name, , , , expected], index) => [name, index, expected] as const))(
    '%s',
    (_name, index, expected) => {
      expect(thrown[`injected${index}.ts`]!['A.a']).toEqual(expected);
    },
  );

  test('a property', () => {
    expect(thrown['property.ts']).toEqual({ 'A.a': ['409 CONFLICT'] });
  });
});

describe('what is thrown around a handler by', () => {
  it.each(around.map(([name, , expected], index) => [name, index, expected] as const))(
    '%s',
    (_name, index, expected) => {
      expect(thrown[`around${index}.ts`]!['A.a']).toEqual(expected);
    },
  );

  test('an inherited handler is a handler of its heir', () => {
    expect(thrown[`around${around.length - 1}.ts`]!['A.b']).toEqual(['409 CONFLICT']);
  });
});

test('handlers of queries, messages and events are handlers', () => {
  const names = ['A.a', 'A.b', 'B.a', 'B.b', 'C.a'];
  expect(thrown['transports.ts']).toEqual(
    Object.fromEntries(names.map((name) => [name, ['409 CONFLICT']])),
  );
});

test('the @throws of code that is not read', () => {
  expect(thrown['documented.ts']).toEqual({ 'A.a': ['404 BOOK_NOT_EXIST', '409 CONFLICT'] });
});

test("an error of the application's own is what its mapper makes of it", () => {
  expect(thrown['mapped.ts']).toEqual({ 'A.a': ['409 CONFLICT'], 'A.b': [] });
});

test('the handler of a command is followed', () => {
  expect(thrown['sent.ts']).toEqual({ 'A.a': ['409 CONFLICT'] });
});

test('what cannot be followed is told, and nothing is guessed', () => {
  expect(thrown['unknown.ts']).toEqual({
    'A.a': ['A.a: not followed: what error is, which is thrown'],
    'A.b': ['A.b: not followed: the status of this exception'],
    'A.c': ['A.c: not followed: what this.work() is'],
  });
});
