import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adopt, folderOf, saidOf, textsOf } from './application.folder.js';

const neither = 'and does not follow the contract: throw an exception in its place';

describe('adopt says what an exception will be answered with', () => {
  const common =
    'BadRequestException, ConflictException, ForbiddenException as Forbidden, GoneException, HttpException, HttpStatus, ' +
    'InternalServerErrorException, NotFoundException, UnprocessableEntityException';

  it.each([
    [`new NotFoundException()`, '404 NOT_FOUND'],
    [`new GoneException('Gone.')`, '410 DELETED'],
    [`new HttpException('No.', 402)`, '402 PAYMENT_REQUIRED'],
    [`new HttpException('No.', HttpStatus.CONFLICT)`, '409 CONFLICT'],
    [`new HttpException('No.', Status.TAKEN)`, '409 CONFLICT'],
    [`new HttpException('No.', STATUSES.taken)`, '409 CONFLICT'],
    [`new ConflictException('EMAIL_TAKEN')`, '409 EMAIL_TAKEN'],
    [`new ConflictException(Codes.EmailTaken)`, '409 EMAIL_TAKEN'],
    [`new ConflictException(changing)`, '409 CONFLICT'],
    [`new Forbidden()`, '403 FORBIDDEN'],
    [`new BadRequestException({ code: 'BAD_NAME', message: name })`, '400 BAD_NAME'],
    [`new BadRequestException({ message: 'No.', error: 'Bad Request' })`, '400 BAD_REQUEST'],
    [`new BadRequestException(['a must be a string'])`, '400 INVALID_PARAMETER'],
    [`new BadRequestException({ reason: 'TOKEN_INVALID' })`, '400 TOKEN_INVALID'],
    [
      `new UnprocessableEntityException({ status: 422, errors: { name: 'taken' }, at: Date.now() })`,
      '422 UNPROCESSABLE_ENTITY, without errors, at of its body',
    ],
    [`new ConflictException(details)`, '409 CONFLICT, without errors of its body'],
    [`new ConflictException({ errors })`, '409 CONFLICT, without errors of its body'],
    [
      `new ConflictException({ ...details, id: name })`,
      '409 CONFLICT, without errors, id of its body',
    ],
    [`new ConflictException({ ...name })`, '409 CONFLICT, without … of its body'],
    [`new InternalServerErrorException(\`\${name} failed\`)`, '500 INTERNAL_SERVER_ERROR'],
    [
      `new HttpException(name, status)`,
      'the row of its status, which only the running application knows',
    ],
  ])('%s', async (made, answered) => {
    const [said] = await textsOf('answer', {
      'a.ts': `import { ${common} } from '@nestjs/common';
import { Codes, Status } from './codes';
const errors = { name: 'taken' };
const details = { errors } as const;
const STATUSES = { taken: 409 }; let changing = 'EMAIL_TAKEN';
export const make = (name: string, status: number) => ${made};`,
      'codes.ts': `export enum Codes { EmailTaken = 'EMAIL_TAKEN' }\nexport enum Status { TAKEN = 409 }`,
    });
    expect(said).toBe(`6 ${/new (\w+)/.exec(made)![1]} → ${answered}`);
  });

  it.each([
    [`class Own extends NotFoundException {}`, `new Own('SHELF_GONE')`, '404 SHELF_GONE'],
    [
      `class Own extends HttpException { constructor(what: string) { super({ code: 'NO_' + what }, 404); } }`,
      `new Own('SHELF')`,
      '404 NO_SHELF',
    ],
    [
      `class Base extends HttpException {
         constructor(code: string, status = 409) { super({ code, data: {} }, status); }
       }
       class Own extends Base { constructor(readonly id: string) { super('TAKEN'); } }`,
      `new Own(name)`,
      '409 TAKEN, without data of its body',
    ],
    [`class Own extends nest.ConflictException {}`, `new Own()`, '409 CONFLICT'],
  ])('%s', async (declared, made, answered) => {
    const [said] = await textsOf('answer', {
      'a.ts': `import { Own } from './own'; export const make = (name: string) => ${made};`,
      'own.ts': `import { HttpException, NotFoundException } from '@nestjs/common';
import * as nest from '@nestjs/common';
export ${declared.replaceAll('\n       class', '\n       export class')}`,
    });
    expect(said).toBe(`1 Own → ${answered}`);
  });

  it.each([
    [`new Error('no')`],
    [`new NotFoundException()`],
    [`new HttpException({ url: '/' }, 302)`],
    [`new Unknown()`],
    [`new Endless()`],
  ])('and nothing of %s', async (made) => {
    const sources = {
      'a.ts': `import { HttpException } from '@nestjs/common';
import { NotFoundException } from 'nestjs-api-errors';
class Endless extends Endless {}
export const make = () => ${made};`,
    };
    expect(await saidOf(sources)).toEqual([]);
  });

  it.each([
    [`res.status(404).json({ message: 'No.' })`, 404],
    [`reply.code(HttpStatus.CONFLICT).send()`, 409],
  ])('and that %s will not change', async (sent, status) => {
    const said = await textsOf('answer', {
      'a.ts': `import { HttpStatus } from '@nestjs/common';\n${sent};`,
    });
    expect(said).toEqual([`2 ${status} is sent here, ${neither}`]);
  });

  it.each(['res.status(201).json({})', 'res.status(status).json({})', 'queue.send(404)'])(
    'and nothing of %s',
    async (sent) => expect(await saidOf({ 'a.ts': `${sent};` })).toEqual([]),
  );

  it('for programs, too', async () => {
    const said = await saidOf({
      'src/a.ts': `import { ConflictException } from '@nestjs/common';
throw new ConflictException({ code: 'TAKEN', by: 1 });`,
    });
    expect(said).toEqual([
      {
        file: 'src/a.ts',
        line: 2,
        kind: 'answer',
        text: 'ConflictException → 409 TAKEN, without by of its body',
        answer: { exception: 'ConflictException', status: 409, code: 'TAKEN', lost: ['by'] },
        written: false,
      },
    ]);
  });

  it('and how many of them say more than an answer does', async () => {
    const { out } = await adopt(
      folderOf({
        'a.ts': `import { ConflictException } from '@nestjs/common';
export const all = [new ConflictException({ errors: {} }), new ConflictException()];`,
      }),
    );
    expect(out).toBe(`a.ts
     2  answer   ConflictException → 409 CONFLICT, without errors of its body
     2  answer   ConflictException → 409 CONFLICT

1 of 2 exceptions say more in their bodies (errors): the option body.members keeps that, a mapper, @MapErrors(HttpException), makes codes of it.
`);
  });
});

describe('adopt says what to do with filters', () => {
  const imports = `import { APP_FILTER, BaseExceptionFilter } from '@nestjs/core';
import { Catch, HttpException, UseFilters } from '@nestjs/common';
import { SentryGlobalFilter } from '@sentry/nestjs/setup';
import { ErrorsFilter } from 'nestjs-api-errors';
`;

  it.each([
    [
      `@Catch() class All {} app.useGlobalFilters(new All());`,
      /^5 All catches everything: remove it and tell of errors in onError/,
    ],
    [
      `@Catch(HttpException) class Http {} const p = { provide: APP_FILTER, useClass: Http };`,
      /^5 Http catches HttpException: remove it/,
    ],
    [
      `@Catch(Error) class Any {} app.useGlobalFilters(new Any());`,
      /^5 Any catches Error: remove it/,
    ],
    [
      `class IntrinsicException {} @Catch(IntrinsicException) class Own {} app.useGlobalFilters(new Own());`,
      /^5 Own catches IntrinsicException: it goes on/,
    ],
    [
      `@Catch() class All extends BaseExceptionFilter {} const p = { provide: APP_FILTER, useFactory: () => new All() };`,
      /All catches everything: what it hands to super\.catch\(\) follows the contract/,
    ],
    [
      `@Catch(NoRows, Locked) class Db {} app.useGlobalFilters(new Db());`,
      /Db catches NoRows, Locked: it goes on .* replace it by a mapper, @MapErrors\(NoRows, Locked\)/,
    ],
    [
      `@Catch() class Hook {} @UseFilters(Hook) class Hooks {}`,
      /Hook catches everything at a\.ts:5: these routes are left to it/,
    ],
    [`@Catch() class Lost {}`, /Lost catches everything, and is registered nowhere/],
    [
      `@Catch() class Ours extends ErrorsFilter {} app.useGlobalFilters(new Ours());`,
      /nothing to do/,
    ],
    [
      `const p = { provide: APP_FILTER, useClass: SentryGlobalFilter };`,
      /^5 SentryGlobalFilter of @sentry\/nestjs\/setup goes before ErrorsFilter: what it hands on/,
    ],
  ])('%s', async (source, text) => {
    const said = await textsOf('filter', { 'a.ts': imports + source });
    expect(said).toEqual([expect.stringMatching(text)]);
  });

  it('but not with the library’s own', async () => {
    const source = `${imports}app.useGlobalFilters(new ErrorsFilter());`;
    expect(await textsOf('filter', { 'a.ts': source })).toEqual([]);
  });
});

describe('adopt says what to do with pipes', () => {
  const imports = `import { APP_PIPE } from '@nestjs/core';
import { PipeTransform, UsePipes, ValidationPipe } from '@nestjs/common';
import { validate } from 'class-validator';
import options from './options';
`;
  const replace = '5 replace this pipe by ErrorsModule.forRoot';

  it.each([
    [`app.useGlobalPipes(new ValidationPipe());`, `${replace}({ validation: {} });`],
    [
      `app.useGlobalPipes(new ValidationPipe({ whitelist: true, exceptionFactory: make }));`,
      `${replace}({ validation: { whitelist: true } }), without exceptionFactory;`,
    ],
    [
      `app.useGlobalPipes(new ValidationPipe(options));`,
      `${replace}({ validation: options }), taking out errorHttpStatusCode;`,
    ],
    [
      `const p = { provide: APP_PIPE, useClass: ValidationPipe };`,
      `${replace}({ validation: {} });`,
    ],
    [
      `const p = { provide: APP_PIPE, useValue: new ValidationPipe({\n  transform: true,\n  transformOptions: {\n    a: 1 } }) };`,
      `${replace}({ validation: { transform: true, transformOptions: { a: 1 } } });`,
    ],
    [
      `class Own implements PipeTransform { transform(v: object) { return validate(v); } }`,
      '5 Own validates by itself',
    ],
  ])('%s', async (source, text) => {
    const said = await textsOf('validation', {
      'a.ts': imports + source,
      'options.ts':
        'const options: object = { errorHttpStatusCode: 422 };\nexport default options;',
    });
    expect(said).toEqual([expect.stringContaining(text)]);
  });

  it.each([
    [`@UsePipes(new ValidationPipe()) class Routes {}`],
    [`class Own implements PipeTransform { transform(v: string) { return v.trim(); } }`],
  ])('but leaves %s', async (source) => {
    expect(await textsOf('validation', { 'a.ts': imports + source })).toEqual([]);
  });
});

describe('adopt finds libraries', () => {
  const manifest = (...names: string[]) =>
    JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '1'])) }, null, 2);

  it('that package.json names, at their lines', async () => {
    const said = await saidOf({
      'a.ts': '',
      'package.json': manifest('typeorm', 'passport', 'pg'),
    });
    expect(said.map(({ file, line, text }) => `${file}:${line} ${text.split(':')[0]}`)).toEqual([
      'package.json:3 typeorm',
      'package.json:4 passport',
    ]);
  });

  it.each([
    ['@prisma/client', /databaseErrors\(/],
    ['@mikro-orm/nestjs', /databaseErrors\(/],
    ['mongoose', /databaseErrors\(/],
    ['sequelize', /databaseErrors\(/],
    ['drizzle-orm', /databaseErrors\(/],
    ['knex', /databaseErrors\(/],
    ['ioredis', /upstreamErrors\(\)/],
    ['@nestjs/axios', /upstreamErrors\(\)/],
    ['jsonwebtoken', /jsonWebTokenErrors\(\)/],
    ['@nestjs/throttler', /429/],
    ['@nestjs/terminus', /report/],
    ['@sentry/nestjs/setup', /SentryGlobalFilter/],
    ['nestjs-pino', /req\.id/],
    ['nestjs-cls', /requestId:/],
    ['nestjs-i18n', /I18nContext/],
    ['nestjs-zod', /issues/],
  ])('that a file imports: %s', async (name, recipe) => {
    const [said] = await textsOf('library', { 'a.ts': `\nimport { x } from '${name}';` });
    expect(said).toMatch(recipe);
    expect(said).toMatch(/^2 /);
  });
});

describe('adopt refuses, in one line and with exit code 2,', () => {
  const config = { 'tsconfig.json': '{}' };
  it.each<[string, () => string, RegExp]>([
    ['what is no folder', () => '/nowhere', /\/nowhere is no folder/],
    [
      'a folder without typescript',
      () => folderOf({ 'a.ts': '' }, tmpdir()),
      /no typescript .*npm install --save-dev typescript/,
    ],
    [
      'a typescript without an API',
      () =>
        folderOf({
          'a.ts': '',
          'node_modules/typescript/package.json': '{ "main": "index.js" }',
          'node_modules/typescript/index.js': `exports.version = '7.0.2';`,
        }),
      /typescript 7\.0\.2 .*no compiler API.*typescript@6/,
    ],
    ['a folder without source', () => folderOf({}), /names no TypeScript source/],
    [
      'a tsconfig.json that is none',
      () => folderOf({ 'a.ts': '', 'tsconfig.json': '{ "files" ' }),
      /tsconfig\.json: /,
    ],
    [
      'sources beside the folder alone',
      () => {
        const folder = join(folderOf({ ...config, 'src/a.ts': '' }), 'empty');
        mkdirSync(folder);
        return folder;
      },
      /names no TypeScript source/,
    ],
  ])('%s', async (_what, folder, message) => {
    const { code, out, err } = await adopt(folder());
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).toMatch(/^error: .*\n$/);
  });

  it('two folders', async () => {
    const { code, err } = await adopt('a', 'b');
    expect(code).toBe(2);
    expect(err).toMatch(/too many arguments; usage: adopt/);
  });
});

it('adopt reads what a tsconfig.json refers to', async () => {
  const folder = folderOf({
    'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
    'tsconfig.app.json': '{ "include": ["src"] }',
    'src/a.ts': `import { GoneException } from '@nestjs/common';\nexport const e = new GoneException();`,
  });
  expect((await adopt(folder)).out).toMatch(/^src\/a\.ts\n +2 {2}answer .*410 DELETED\n$/);
});

it('adopt reads one application of several, with the tsconfig.json above it', async () => {
  const source = `import { GoneException } from '@nestjs/common';\nexport const e = new GoneException();`;
  const folder = folderOf({ 'apps/shop/a.ts': source, 'apps/other/b.ts': source });
  const { out } = await adopt('--json', join(folder, 'apps/shop'));
  expect(JSON.parse(out)).toEqual([expect.objectContaining({ file: 'a.ts', line: 2 })]);
});
