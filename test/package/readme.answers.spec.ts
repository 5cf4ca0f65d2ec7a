import 'reflect-metadata';
import {
  type CanActivate,
  ConflictException,
  Controller,
  Get,
  GoneException,
  HttpException,
  type LoggerService,
  type ModuleMetadata,
  NotFoundException,
  Param,
  ParseIntPipe,
  PayloadTooLargeException,
  type Type,
  UnauthorizedException,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import * as library from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';
import { blocksOf, exchangesOf, tableOf } from './readme-blocks.js';
import { GuardedModule } from './readme/sessions.js';
import { AppModule } from './readme/books.js';
import { FittingModule } from './readme/fitting.js';
import { DatabaseModule } from './readme/mapping.js';
import { defaults } from './readme/options.js';
import './readme/own-errors.js';
import { ShelfController, ShelfModule } from './readme/validation.js';
import { textOf } from './sources.js';

const { ErrorsModule } = library;
const readme = textOf('README.md');

/** The thrown values that the README speaks of. */
@Controller()
class ThrowingController {
  @Get('throw/:what')
  throwing(@Param('what') what: string): void {
    throw thrown[what];
  }

  @Get('number/:id')
  number(@Param('id', ParseIntPipe) id: number): number {
    return id;
  }
}

const cause = new Error('connection refused');
const thrown: Record<string, unknown> = {
  conflict: new ConflictException('Taken.'),
  gone: new GoneException(),
  errorCode: new NotFoundException('No shelf.', { errorCode: 'SHELF_NOT_EXIST' }),
  code: new HttpException({ code: 'SHELF_FULL', message: 'Full.' }, 409),
  nest: new NotFoundException(),
  ours: new library.NotFoundException(),
  large: new PayloadTooLargeException(),
  many: new HttpException('Slow down.', 429),
  unprocessable: new HttpException('No.', 422),
  method: new HttpException('No.', 405),
  gateway: new HttpException('No.', 502),
  timeout: new HttpException('No.', 504),
  missing: new HttpException('No.', 501),
  null: null,
  bug: new Error('secret', { cause }),
  hidden: new library.InternalServerErrorException('secret'),
  shown: new library.InternalServerErrorException('The printer is on fire.', { expose: true }),
  headers: new library.ConflictException({ headers: { 'X-Good': 'yes', 'X-Bad': 'a\r\nb' } }),
  later: new library.ServiceUnavailableException({ retryAfter: 30 }),
};

class Refusing implements CanActivate {
  canActivate(): boolean {
    throw new UnauthorizedException();
  }
}

@Controller()
@UseGuards(Refusing)
class RefusingController {
  @Get('refused')
  refused(): void {}
}

const controllers = [ThrowingController, RefusingController];

/** What an application writes to its log. */
class Log implements LoggerService {
  readonly lines: string[] = [];
  log = (): void => undefined;
  warn = (): void => undefined;
  error = (...texts: unknown[]): void => this.write('error', texts);
  debug = (...texts: unknown[]): void => this.write('debug', texts);

  private write(level: string, texts: unknown[]): void {
    this.lines.push(`${level} ${texts.join(' ')}`);
  }
}

describe.each(platforms)('on %s, as the README says,', (platform) => {
  const running: RunningApp[] = [];

  async function started(
    module: ModuleMetadata | Type,
    options: Parameters<typeof startApp>[2] = {},
  ): Promise<string> {
    const app = await startApp(platform, module, options);
    running.push(app);
    return app.url;
  }

  afterEach(async () => {
    await Promise.all(running.splice(0).map((app) => app.close()));
  });

  const answersOf = (url: string, paths: readonly string[]) =>
    Promise.all(paths.map(async (path) => errorAnswer(await fetch(url + path))));

  it.each(
    [AppModule, ShelfModule, DatabaseModule, FittingModule].map((module, i) => ({ module, i })),
  )('$module.name answers', async ({ module, i }) => {
    const url = await started(module);
    const exchanges = exchangesOf(blocksOf(readme, 'text')[i]!);
    expect(exchanges.length).toBeGreaterThan(0);
    for (const { method, path, sent, status, body } of exchanges) {
      // oxlint-disable-next-line no-await-in-loop -- one exchange after the other
      const response = await fetch(url + path, {
        method,
        ...(sent && { body: sent, headers: { 'content-type': 'application/json' } }),
      });
      // oxlint-disable-next-line no-await-in-loop
      expect({ path, status: response.status, body: await response.json() }).toEqual({
        path,
        status,
        body,
      });
    }
  });

  it('the table of challenges holds', async () => {
    const url = await started(GuardedModule);
    const rows = tableOf(readme, ['Authorization', 'Answer', 'WWW-Authenticate']);
    expect(rows).toHaveLength(4);
    for (const [sent, expected, challenge] of rows) {
      const authorization = sent!.startsWith('Bearer') ? sent!.split(',')[0]! : 'Basic YTpi';
      // oxlint-disable-next-line no-await-in-loop -- one exchange after the other
      const answer = await errorAnswer(await fetch(`${url}/books`, { headers: { authorization } }));
      expect(`${answer.status} ${answer.code}`).toBe(expected);
      expect(answer.challenge).toBe(challenge);
    }
    const headers = { authorization: 'Bearer reader' };
    expect(await (await fetch(`${url}/books`, { headers })).json()).toEqual({ reader: 'ada' });
    expect((await fetch(`${url}/books/health`)).status).toBe(200);
    expect((await errorAnswer(await fetch(`${url}/books`))).challenge).toBe(rows[0]![2]);
  });

  it('every other 401 has a challenge without an error', async () => {
    const url = await started({ imports: [ErrorsModule], controllers });
    const [answer] = await answersOf(url, ['/refused']);
    expect(answer).toMatchObject({ status: 401, challenge: 'Bearer realm="api"' });
  });

  it('scopes that no guard looks after stop the application from starting', async () => {
    @Controller()
    @library.RequireScopes('books.read')
    class Unguarded {
      @Get()
      get(): void {}
    }
    await expect(started({ imports: [ErrorsModule], controllers: [Unguarded] })).rejects.toThrow(
      /Unguarded\.get\(\).*BearerGuard/,
    );
  });

  it('Nest’s own exceptions are answered by status, message and code', async () => {
    const url = await started({ imports: [ErrorsModule], controllers });
    const paths = ['conflict', 'gone', 'errorCode', 'code', 'nest', 'ours', 'large', 'many'];
    const answers = await answersOf(
      url,
      paths.map((path) => `/throw/${path}`),
    );
    expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual([
      '409 CONFLICT',
      '410 DELETED',
      '404 SHELF_NOT_EXIST',
      '409 SHELF_FULL',
      '404 NOT_FOUND',
      '404 NOT_FOUND',
      '413 PAYLOAD_TOO_LARGE',
      '429 TOO_MANY_REQUESTS',
    ]);
    expect(answers[0]!.description).toBe('Taken.');
    expect(answers[4]!.body).toEqual(answers[5]!.body);
  });

  it('`strict` folds other statuses into the 19 rows', async () => {
    const url = await started({ imports: [ErrorsModule.forRoot({ strict: true })], controllers });
    const paths = ['large', 'unprocessable', 'many', 'method', 'gateway', 'timeout', 'missing'];
    const answers = await answersOf(
      url,
      paths.map((path) => `/throw/${path}`),
    );
    expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual([
      '400 LIMIT_EXCEEDED',
      '400 INVALID_PARAMETER',
      '403 LIMIT_EXCEEDED',
      '400 BAD_REQUEST',
      '503 SERVICE_UNAVAILABLE',
      '503 SERVICE_UNAVAILABLE',
      '500 INTERNAL_SERVER_ERROR',
    ]);
  });

  it('options of an exception reach the answer', async () => {
    const url = await started({ imports: [ErrorsModule], controllers });
    const [hidden, shown, headers, later] = await answersOf(
      url,
      ['hidden', 'shown', 'headers', 'later'].map((path) => `/throw/${path}`),
    );
    expect(hidden!.description).toBe('The server failed to process the request.');
    expect(shown!.description).toBe('The printer is on fire.');
    expect(headers!.headers.get('x-good')).toBe('yes');
    expect(headers!.headers.has('x-bad')).toBe(false);
    expect(later!.headers.get('retry-after')).toBe('30');
  });

  it('a 5xx is logged with its causes and answered without them, a 4xx is logged at debug', async () => {
    const log = new Log();
    const url = await started({ imports: [ErrorsModule], controllers }, { logger: log });
    const [bug, nothing] = await answersOf(url, ['/throw/bug', '/throw/null', '/throw/conflict']);
    expect(JSON.stringify(bug!.body)).not.toContain('secret');
    expect([bug!.status, nothing!.status]).toEqual([500, 500]);
    const errors = log.lines.filter((line) => line.startsWith('error'));
    expect(errors.some((line) => /secret[^]*connection refused/.test(line))).toBe(true);
    expect(errors.some((line) => line.includes('null'))).toBe(true);
    expect(log.lines.filter((line) => line.includes(' 409 '))).toEqual([
      expect.stringMatching(/^debug/),
    ]);
  });

  it('validation can use one code, list failures, or be left to a pipe of the application', async () => {
    const send = async (imports: ModuleMetadata['imports'], pipe?: ValidationPipe) => {
      const url = await started(
        { imports, controllers: [ShelfController] },
        { setUp: (app) => void (pipe && app.useGlobalPipes(pipe)) },
      );
      const body = JSON.stringify({ isbn: '9780131103627', title: 'C', pages: 0 });
      const headers = { 'content-type': 'application/json' };
      return fetch(`${url}/books`, { method: 'POST', body, headers });
    };
    const own = [ErrorsModule.forRoot({ validation: false })];
    const one = [ErrorsModule.forRoot({ validation: { code: 'INVALID_PARAMETER' } })];
    const listed = [ErrorsModule.forRoot({ body: { failures: true } })];
    const exceptionFactory = library.validationExceptionFactory;
    expect((await send(own)).status).toBe(201);
    expect((await errorAnswer(await send(own, new ValidationPipe()))).code).toBe(
      'INVALID_PARAMETER',
    );
    const mapped = await errorAnswer(await send(own, new ValidationPipe({ exceptionFactory })));
    expect(mapped.code).toBe('OUT_OF_RANGE');
    expect((await errorAnswer(await send(one))).code).toBe('INVALID_PARAMETER');
    expect((await errorAnswer(await send(listed))).body['failures']).toEqual([
      {
        parameter: 'pages',
        in: 'body',
        rule: 'min',
        limits: { min: 1 },
        description: 'pages must not be less than 1',
      },
    ]);
  });

  it('what a Parse*Pipe refuses is INVALID_PARAMETER', async () => {
    const url = await started({ imports: [ErrorsModule], controllers });
    const [answer] = await answersOf(url, ['/number/one']);
    expect(answer).toMatchObject({ status: 400, code: 'INVALID_PARAMETER' });
  });

  it('the id of a request is what `requestId` says, in the answer of FittingModule', async () => {
    const url = await started(FittingModule);
    const headers = { 'x-amzn-trace-id': 'Root=1-2' };
    const response = await fetch(`${url}/books/hidden`, { headers });
    expect(response.headers.get('x-request-id')).toBe('Root=1-2');
  });

  it('a wrong option stops the application from starting, with the name of it', async () => {
    const wrong = ErrorsModule.forRoot({ bearer: { global: true } });
    await expect(started({ imports: [wrong] })).rejects.toThrow(/bearer\.verifier/);
  });

  it('the defaults are what the bare module does', async () => {
    const [bare, told] = await Promise.all(
      [ErrorsModule, ErrorsModule.forRoot(defaults)].map(async (module) => {
        const url = await started({ imports: [module], controllers });
        const answers = await answersOf(url, ['/refused', '/throw/large', '/number/one']);
        return answers.map(({ status, challenge, body }) => ({ status, challenge, body }));
      }),
    );
    expect(told).toEqual(bare);
    expect(bare).toHaveLength(3);
  });

  it('the catalogue lists every row', async () => {
    const app = await startApp(platform, { imports: [ErrorsModule] });
    const rows = app.app.get(library.Catalogue).entries();
    await app.close();
    const listed = rows.map(({ status, code }) => `${status} ${code}`);
    expect(listed).toEqual(
      expect.arrayContaining(['410 DELETED', '403 LOAN_OVERDUE', '400 INVALID_BOOK']),
    );
  });
});
