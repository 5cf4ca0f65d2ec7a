import {
  All,
  Controller,
  Get,
  type MiddlewareConsumer,
  Module,
  type NestMiddleware,
  type NestModule,
  Post,
  UploadedFile,
  UseInterceptors,
  VersioningType,
} from '@nestjs/common';
import { ExpressAdapter, FileInterceptor } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import {
  ConflictException,
  ErrorsModule,
  ServiceUnavailableException,
  UnauthorizedException,
} from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { hasNest } from '../support/packages.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';

class FailingMiddleware implements NestMiddleware {
  use(_request: unknown, _response: unknown, next: (error?: unknown) => void) {
    next(new ConflictException('In the middleware.'));
  }
}

class ThrowingMiddleware implements NestMiddleware {
  use(): void {
    throw new Error('SECRET');
  }
}

/** An object that cannot be looked at. */
const hostile = new Proxy(
  {},
  {
    get() {
      throw new Error('SECRET getter');
    },
    getPrototypeOf() {
      throw new Error('SECRET prototype');
    },
    has() {
      throw new Error('SECRET has');
    },
  },
);

class HostileMiddleware implements NestMiddleware {
  use(_request: unknown, _response: unknown, next: (error?: unknown) => void) {
    next(hostile);
  }
}

@Controller()
class PlainController {
  @Get('ok') ok() {
    return { ok: true };
  }
  @Get('hostile-throw') hostile() {
    throw hostile;
  }
  @Get('middleware/fails') a() {}
  @Get('middleware/throws') b() {}
  @Get('middleware/hostile') c() {}
  @Get('unauthorized') d() {
    throw new UnauthorizedException();
  }
  @Get('unavailable') e() {
    throw new ServiceUnavailableException({ retryAfter: new Date(Date.now() + 9500) });
  }
  @Get('books/:isbn') f() {}
  @Post('books/:isbn') g() {}
  @All('everything') h() {}
}

@Module({
  imports: [ErrorsModule.forRoot({ methodNotAllowed: true })],
  controllers: [PlainController],
})
class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(FailingMiddleware).forRoutes('middleware/fails');
    consumer.apply(ThrowingMiddleware).forRoutes('middleware/throws');
    consumer.apply(HostileMiddleware).forRoutes('middleware/hostile');
  }
}

describe.each(platforms)('errors around handlers, on %s', (platform) => {
  let running: RunningApp;

  beforeAll(async () => {
    running = await startApp(platform, AppModule, {
      setUp: (app) =>
        app.enableCors({ origin: 'https://app.example', exposedHeaders: ['X-Shelf'] }),
    });
  });
  afterAll(() => running.close());

  it.each([
    ['middleware/fails', 409, 'CONFLICT'],
    ['middleware/throws', 500, 'INTERNAL_SERVER_ERROR'],
    ['middleware/hostile', 500, 'INTERNAL_SERVER_ERROR'],
    ['hostile-throw', 500, 'INTERNAL_SERVER_ERROR'],
  ])('%s is %d %s', async (path, status, code) => {
    const answer = await errorAnswer(await fetch(`${running.url}/${path}`));
    expect(answer).toMatchObject({ status, code });
    expect(JSON.stringify(answer.body)).not.toContain('SECRET');
  });

  it('a wrong method on a known path is 405 with the methods that it has', async () => {
    const init = { method: 'DELETE' };
    const answer = await errorAnswer(await fetch(`${running.url}/books/1?x=y`, init));
    expect(answer).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
    const unknown = await errorAnswer(await fetch(`${running.url}/shelves/1`, init));
    expect(unknown).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(unknown.headers.get('allow')).toBeNull();
  });

  it('browsers may read the headers that explain an error', async () => {
    const headers = { origin: 'https://app.example' };
    const answer = await errorAnswer(await fetch(`${running.url}/unauthorized`, { headers }));
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(answer.headers.get('access-control-expose-headers')).toBe(
      'X-Shelf, WWW-Authenticate, DPoP-Nonce, Retry-After, X-Request-Id',
    );
  });

  it('401 and 403 are not stored', async () => {
    const answer = await errorAnswer(await fetch(`${running.url}/unauthorized`));
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('Retry-After may be a date, sent as seconds', async () => {
    const answer = await errorAnswer(await fetch(`${running.url}/unavailable`));
    expect(answer.headers.get('retry-after')).toBe('10');
  });
});

describe.each(platforms)('errors of other parts, on %s', (platform) => {
  if (hasNest(12)) {
    it("Nest's CSRF protection refuses in shape", async () => {
      const { url, close } = await startApp(
        platform,
        { imports: [ErrorsModule], controllers: [PlainController] },
        {
          setUp: (app) => {
            app.enableCsrfProtection();
          },
        },
      );
      const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      const answer = await errorAnswer(await fetch(`${url}/books/1`, { method: 'POST', headers }));
      expect(answer).toMatchObject({ status: 403, code: 'FORBIDDEN', challenge: null });
      await close();
    });
  }

  it('a failing versioning extractor is 500 in shape', async () => {
    const { url, close } = await startApp(
      platform,
      { imports: [ErrorsModule], controllers: [PlainController] },
      {
        setUp: (app) => {
          app.enableVersioning({
            type: VersioningType.CUSTOM,
            extractor: () => {
              throw new Error('SECRET');
            },
            defaultVersion: '1',
          });
        },
      },
    );
    expect(await errorAnswer(await fetch(`${url}/ok`))).toMatchObject({ status: 500 });
    await close();
  });
});

describe.each(platforms)('what no route of Nest is asked for, on %s', (platform) => {
  it.each(['nowhere', ''])('/%s outside the global prefix is 404 in shape', async (path) => {
    const { url, close } = await startApp(
      platform,
      { imports: [ErrorsModule], controllers: [PlainController] },
      { setUp: (app) => void app.setGlobalPrefix('api') },
    );
    expect((await fetch(`${url}/api/ok`)).status).toBe(200);
    const answer = await errorAnswer(await fetch(`${url}/${path}`));
    expect(answer).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    await close();
  });
});

describe('errors of Fastify alone', () => {
  const start = (setUp: (fastify: FastifyInstance) => void) =>
    startApp(
      'fastify',
      { imports: [ErrorsModule], controllers: [PlainController] },
      { setUp: (app) => setUp(app.getHttpAdapter().getInstance() as FastifyInstance) },
    );

  it.each<[string, (fastify: FastifyInstance) => void, number]>([
    [
      'an onRequest hook',
      (f) => f.addHook('onRequest', () => Promise.reject(new ConflictException())),
      409,
    ],
    [
      'a preHandler hook',
      (f) => f.addHook('preHandler', () => Promise.reject(new Error('SECRET'))),
      500,
    ],
    [
      'an onSend hook, always',
      (f) => f.addHook('onSend', () => Promise.reject(new Error('SECRET'))),
      500,
    ],
    [
      'an onSend hook, synchronously',
      (f) =>
        f.addHook('onSend', () => {
          throw new Error('SECRET');
        }),
      500,
    ],
    [
      'a preHandler hook, and every onSend hook after it,',
      (f) => {
        f.addHook('preHandler', () => Promise.reject(new ConflictException()));
        f.addHook('onSend', () => Promise.reject(new Error('SECRET')));
      },
      500,
    ],
    [
      'a preSerialization hook',
      (f) => f.addHook('preSerialization', () => Promise.reject(new Error('SECRET'))),
      500,
    ],
    [
      'a plugin',
      (f) =>
        void f.register((child, _o, done) => {
          child.get('/plugin', () => Promise.reject(new ConflictException()));
          done();
        }),
      409,
    ],
  ])('%s that fails', async (what, setUp, status) => {
    const { url, close } = await start(setUp);
    const answer = await errorAnswer(
      await fetch(`${url}/${what === 'a plugin' ? 'plugin' : 'ok'}`),
    );
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).not.toContain('SECRET');
    await close();
  });

  it('warns at bootstrap where fastifyErrorOptions() is missing', async () => {
    const warnings: unknown[] = [];
    const logger = { log() {}, error() {}, warn: (text: unknown) => warnings.push(text) };
    for (const adapter of [() => new FastifyAdapter(), () => new ExpressAdapter()]) {
      const { close } = await startApp('fastify', { imports: [ErrorsModule] }, { adapter, logger });
      await close();
    }
    expect(warnings).toEqual([
      expect.stringContaining('new FastifyAdapter(fastifyErrorOptions())'),
    ]);
  });
});

describe('errors of Express alone', () => {
  @Controller()
  class UploadController {
    @Post('upload')
    @UseInterceptors(FileInterceptor('file', { limits: { fileSize: 10 } }))
    upload(@UploadedFile() file: unknown) {
      return { file };
    }
  }

  it.each([
    ['a file too large', 'file', 'x'.repeat(100), 413, 'PAYLOAD_TOO_LARGE'],
    ['an unexpected field', 'other', 'x', 400, 'BAD_REQUEST'],
  ])('multer: %s', async (_what, field, text, status, code) => {
    const { url, close } = await startApp('express', {
      imports: [ErrorsModule],
      controllers: [UploadController],
    });
    const body = new FormData();
    body.set(field, new Blob([text]), 'x.txt');
    const answer = await errorAnswer(await fetch(`${url}/upload`, { method: 'POST', body }));
    expect(answer).toMatchObject({ status, code });
    await close();
  });
});
