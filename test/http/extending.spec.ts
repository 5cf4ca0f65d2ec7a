import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  Controller,
  Get,
  type MiddlewareConsumer,
  Module,
  type NestMiddleware,
  type NestModule,
  NotFoundException as NestNotFoundException,
  Param,
  PayloadTooLargeException,
} from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  AccessDeniedException,
  ApiException,
  Catalogue,
  ConflictException,
  defineException,
  type ErrorMapper,
  type ErrorReport,
  ErrorsModule,
  type ErrorsModuleOptions,
  ForbiddenException,
  MapErrors,
  ResourceNotExistException,
  Throws,
} from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { platforms, startApp } from '../support/platforms.js';

@Controller()
class BooksController {
  @Throws(ResourceNotExistException.for('BOOK'))
  @Get('books/:isbn')
  find(@Param('isbn') isbn: string) {
    throw isbn === '1'
      ? new ResourceNotExistException('BOOK')
      : new ResourceNotExistException('BOOK', 'No book has this ISBN.');
  }
  @Get('forbidden') forbidden() {
    throw new ForbiddenException();
  }
  @Get('denied') denied() {
    throw new AccessDeniedException();
  }
  @Get('nest') nest() {
    throw new NestNotFoundException();
  }
  @Get('large') large() {
    throw new PayloadTooLargeException();
  }
  @Get('members') members() {
    throw new ConflictException('Busy.', {
      members: { code: 'FORGED', until: new Date(0), loan: { id: 7 } },
    });
  }
  @Get('unserialisable') unserialisable() {
    throw new ConflictException({ members: { big: 1n } });
  }
}

class NamedByMiddleware implements NestMiddleware {
  use(
    { headers }: { headers: Record<string, string | undefined> },
    response: { setHeader(name: string, value: string): void },
    next: () => void,
  ) {
    if (headers['x-name-it'] !== undefined) {
      response.setHeader('X-Request-Id', headers['x-name-it']);
    }
    next();
  }
}

describe.each(platforms)('on %s', (platform, makeAdapter) => {
  async function start(options: ErrorsModuleOptions, adapter = makeAdapter) {
    const errors: string[] = [];
    const reports: ErrorReport[] = [];
    @Module({
      imports: [
        ErrorsModule.forRoot({ ...options, onError: (report) => void reports.push(report) }),
      ],
      controllers: [BooksController],
    })
    class AppModule implements NestModule {
      configure(consumer: MiddlewareConsumer) {
        consumer.apply(NamedByMiddleware).forRoutes(BooksController);
      }
    }
    const running = await startApp(platform, AppModule, {
      adapter,
      logger: { log: () => {}, warn: () => {}, error: (text: string) => void errors.push(text) },
    });
    const ask = async (path: string, headers: Record<string, string> = {}) =>
      errorAnswer(await fetch(`${running.url}/${path}`, { headers }));
    return { ...running, ask, errors, reports };
  }

  describe('rows', () => {
    const rows: ErrorsModuleOptions['rows'] = (row) =>
      row.code === 'NOT_FOUND'
        ? { status: 410, code: 'NO_SUCH_PAGE', description: 'No such page.' }
        : { ...row, code: row.code.replace(/_NOT_EXIST$/, '_NOT_FOUND') };

    it('rename and replace what is answered, what is reported and what the catalogue lists', async () => {
      const { ask, app, reports, close } = await start({ rows });
      expect((await ask('books/1')).body).toEqual({
        code: 'BOOK_NOT_FOUND',
        description: 'The requested resource does not exist.',
      });
      expect((await ask('books/2')).description).toBe('No book has this ISBN.');
      expect(await ask('nest')).toMatchObject({
        status: 410,
        code: 'NO_SUCH_PAGE',
        description: 'No such page.',
      });
      expect((await ask('nowhere')).code).toBe('NO_SUCH_PAGE');
      expect(reports.map(({ status, code }) => `${status} ${code}`)).toEqual([
        '404 BOOK_NOT_FOUND',
        '404 BOOK_NOT_FOUND',
        '410 NO_SUCH_PAGE',
        '410 NO_SUCH_PAGE',
      ]);
      const catalogue = app.get(Catalogue);
      expect(catalogue.find('BOOK_NOT_FOUND')).toHaveLength(1);
      expect(catalogue.find('BOOK_NOT_EXIST')).toEqual([]);
      expect(catalogue.find('NO_SUCH_PAGE')).toHaveLength(1);
      await close();
    });

    it('have the last word in strict mode', async () => {
      const { ask, close } = await start({
        strict: true,
        rows: (row) => (row.code === 'LIMIT_EXCEEDED' ? { ...row, code: 'TOO_MUCH' } : row),
      });
      expect(await ask('large')).toMatchObject({ status: 400, code: 'TOO_MUCH' });
      await close();
    });

    it.each([
      ['no code', { code: 'too-much' }],
      ['no status', { status: 302 }],
      ['no description', { description: '' }],
    ])('that make of one what has %s stop the start', async (_what, change) => {
      await expect(
        start({ rows: (row) => (row.code === 'CONFLICT' ? { ...row, ...change } : row) }),
      ).rejects.toThrow(/ErrorsModule: rows fails over 409 CONFLICT: a row is .*UPPER_SNAKE_CASE/);
    });

    it('that fail later cost a line in the log, and no answer', async () => {
      let isStarted = false;
      const { ask, errors, close } = await start({
        rows: (row) => {
          if (isStarted) {
            throw new Error('No more.');
          }
          return row;
        },
      });
      isStarted = true;
      expect(await ask('forbidden')).toMatchObject({ status: 403, code: 'FORBIDDEN' });
      expect(errors).toEqual(['rows failed over 403 FORBIDDEN: Error: No more.']);
      await close();
    });
  });

  describe('mappers', () => {
    class SecretException extends defineException({
      code: 'NOTHING_HERE',
      status: 404,
      description: 'There is nothing here.',
    }) {}

    const asked: unknown[] = [];

    @MapErrors(ForbiddenException, Error, () => true)
    class Hide implements ErrorMapper {
      toException(error: unknown) {
        asked.push(error);
        return error instanceof ForbiddenException
          ? new SecretException({ cause: error })
          : undefined;
      }
    }

    @MapErrors(SecretException)
    class NeverAsked implements ErrorMapper<SecretException> {
      toException() {
        return new ConflictException();
      }
    }

    it('answer for exceptions of this library whose class they name, once', async () => {
      asked.length = 0;
      const { ask, close } = await start({ mappers: [Hide, NeverAsked] });
      expect(await ask('forbidden')).toMatchObject({ status: 404, code: 'NOTHING_HERE' });
      expect(await ask('denied')).toMatchObject({ status: 403, code: 'ACCESS_DENIED' });
      expect(asked).toEqual([expect.any(ForbiddenException)]);
      await close();
    });

    it('are asked about each of them, where they name what all of them extend', async () => {
      @MapErrors(ApiException)
      class Everything implements ErrorMapper<ApiException> {
        toException(error: ApiException) {
          return error.code === 'ACCESS_DENIED' ? new SecretException() : undefined;
        }
      }
      const { ask, close } = await start({ mappers: [Everything] });
      expect((await ask('denied')).code).toBe('NOTHING_HERE');
      expect((await ask('forbidden')).code).toBe('FORBIDDEN');
      await close();
    });
  });

  describe('members', () => {
    it('of an exception are in the body, after the code and the description', async () => {
      const { ask, close } = await start({});
      expect((await ask('members')).body).toEqual({
        code: 'CONFLICT',
        description: 'Busy.',
        until: '1970-01-01T00:00:00.000Z',
        loan: { id: 7 },
      });
      await close();
    });

    it('of every body are the application’s', async () => {
      const { ask, close } = await start({
        body: {
          requestId: true,
          members: ({ request, status }, { url }: { url: string }) => ({
            code: 'FORGED',
            requestId: 'forged',
            path: url,
            route: request.route,
            status,
          }),
        },
      });
      const { body, headers } = await ask('books/1');
      expect(body).toEqual({
        code: 'BOOK_NOT_EXIST',
        description: 'The requested resource does not exist.',
        requestId: headers.get('x-request-id'),
        path: '/books/1',
        route: '/books/:isbn',
        status: 404,
      });
      await close();
    });

    it('that JSON has not got are left out, and logged', async () => {
      const { ask, errors, close } = await start({
        body: { members: () => 'none' as never },
      });
      expect(Object.keys((await ask('unserialisable')).body)).toEqual(['code', 'description']);
      expect(errors).toEqual([
        expect.stringMatching(/^members of an exception failed: TypeError: .*BigInt/),
        'body.members failed: TypeError: members are an object',
      ]);
      await close();
    });
  });

  describe('the id of a request', () => {
    const idOf = async (app: Awaited<ReturnType<typeof start>>, headers: Record<string, string>) =>
      (await app.ask('forbidden', headers)).headers.get('x-request-id');

    it('is what the application says, in answers and in reports', async () => {
      const app = await start({
        requestId: ({ headers }: { headers: Record<string, string> }) => headers['x-own'],
      });
      expect(await idOf(app, { 'x-own': 'own-1', 'x-name-it': 'by-middleware' })).toBe('own-1');
      expect(app.reports[0]!.request.id).toBe('own-1');
      expect(await idOf(app, { 'x-own': 'no id', 'x-request-id': 'sent-1' })).toBe('sent-1');
      await app.close();
    });

    it('is another where the application fails to say', async () => {
      const app = await start({
        requestId: () => {
          throw new Error('No more.');
        },
      });
      expect(await idOf(app, { 'x-request-id': 'sent-1' })).toBe('sent-1');
      expect(app.errors).toEqual(['requestId failed: Error: No more.']);
      await app.close();
    });

    it('is none of a promise, which harms nothing by being rejected', async () => {
      const unhandled = jest.fn();
      process.on('unhandledRejection', unhandled);
      const requestId = (() => Promise.reject(new Error('No more.'))) as never;
      const app = await start({ requestId });
      expect(await idOf(app, { 'x-request-id': 'sent-1' })).toBe('sent-1');
      await app.close();
      process.off('unhandledRejection', unhandled);
      expect(unhandled).not.toHaveBeenCalled();
    });

    it('is what middleware has set on the response, before what was sent', async () => {
      const app = await start({});
      const headers = { 'x-name-it': 'by-middleware', 'x-request-id': 'sent-1' };
      expect(await idOf(app, headers)).toBe('by-middleware');
      expect(app.reports[0]!.request.id).toBe('by-middleware');
      expect(await idOf(app, { 'x-request-id': 'sent-1' })).toBe('sent-1');
      expect(await idOf(app, {})).toMatch(/^[\da-f-]{36}$/);
      await app.close();
    });
  });
});

it('the id of a request is the one that Fastify was told to make', async () => {
  const id = randomUUID();
  const { url, close } = await startApp(
    'fastify',
    { imports: [ErrorsModule], controllers: [BooksController] },
    { adapter: () => new FastifyAdapter({ genReqId: () => id }) },
  );
  const response = await fetch(`${url}/forbidden`, { headers: { 'x-request-id': 'sent-1' } });
  expect(response.headers.get('x-request-id')).toBe(id);
  await close();
});

it.each<[string, ErrorsModuleOptions]>([
  ['rows', { rows: {} as never }],
  ['requestId', { requestId: 'x-request-id' as never }],
  ['body.members', { body: { members: {} as never } }],
])('%s is a function', async (name, options) => {
  await expect(startApp('express', { imports: [ErrorsModule.forRoot(options)] })).rejects.toThrow(
    `ErrorsModule: ${name} takes a function of`,
  );
});
