import { Controller, Get, Injectable, Module, VersioningType } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { map } from 'rxjs';
import {
  defineException,
  ErrorsModule,
  type TokenVerifier,
  verifiedToken,
} from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';

defineException({
  code: 'CATALOGUE_SPEC',
  status: 409,
  description: `<script>alert("&")</script> 'quoted' \`code\` [link](x)`,
});

@Injectable()
class Verifier implements TokenVerifier {
  verify() {
    return verifiedToken({});
  }
}

@Controller('books')
class BooksController {
  @Get() list() {
    return [];
  }
}

/** What an application has in front of its own routes. */
@Module({
  controllers: [BooksController],
  providers: [
    { provide: APP_GUARD, useValue: { canActivate: () => false } },
    {
      provide: APP_INTERCEPTOR,
      useValue: { intercept: (_: unknown, next: { handle(): never }) => wrap(next.handle()) },
    },
  ],
  imports: [
    ErrorsModule.forRootAsync({
      useFactory: () => ({
        bearer: { global: true, verifier: new Verifier() },
        catalogue: { path: '/about/errors' },
      }),
    }),
  ],
})
class AppModule {}

function wrap(answers: import('rxjs').Observable<unknown>) {
  return answers.pipe(map((data) => ({ data })));
}

const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const MARKDOWN = 'text/markdown; charset=utf-8';

describe.each(platforms)('the catalogue on %s', (platform) => {
  let running: RunningApp;
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${running.url}${path}`, { headers, method });

  beforeAll(async () => {
    running = await startApp(platform, AppModule, {
      setUp: (app) => {
        app.setGlobalPrefix('api');
        app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' });
        app.enableCors({ origin: 'https://one.example' });
      },
    });
  });
  afterAll(() => running.close());

  it.each([
    ['text/html', HTML],
    ['application/json', JSON_TYPE],
    ['text/markdown', MARKDOWN],
    ['*/*', HTML],
    ['text/*;q=0.5, application/json;q=0.4', HTML],
    ['application/json, text/html;q=0.9', JSON_TYPE],
    ['text/html;q=0, */*', JSON_TYPE],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', HTML],
  ])('answers Accept: %s with %s', async (accept, type) => {
    const response = await get('/about/errors', { accept });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('vary')).toMatch(/\bAccept\b/);
  });

  it.each([
    ['html', HTML],
    ['json', JSON_TYPE],
    ['md', MARKDOWN],
  ])('answers the suffix .%s with %s, whatever Accept says', async (suffix, type) => {
    const response = await get(`/about/errors.${suffix}`, { accept: 'image/png' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('vary')).not.toBe('Accept');
  });

  it('answers 406 where nothing is acceptable, which depends on Accept too', async () => {
    const response = await get('/about/errors', { accept: 'image/png' });
    expect(response.headers.get('vary')).toMatch(/\bAccept\b/);
    expect(await errorAnswer(response)).toMatchObject({ status: 406, code: 'NOT_ACCEPTABLE' });
  });

  it('is served past guards, interceptors, prefix and versions of the application', async () => {
    expect((await get('/api/books')).status).toBe(401);
    expect((await get('/api/about/errors')).status).toBe(404);
    const response = await get('/about/errors.json', { 'x-version': '2' });
    const { errors } = (await response.json()) as { errors: object[] };
    expect(errors).toContainEqual({
      status: 404,
      code: 'NOT_FOUND',
      description: 'The requested resource was not found.',
      operations: expect.any(Array),
    });
  });

  it.each(['', '.html', '.json', '.md'])('answers 304 to whom has it (%s)', async (suffix) => {
    const first = await get(`/about/errors${suffix}`);
    const tag = first.headers.get('etag')!;
    expect(tag).toMatch(/^"[\w-]+"$/);
    expect(first.headers.get('cache-control')).toBe('public, max-age=300');
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await get(`/about/errors${suffix}`, { 'if-none-match': known });
      expect(again.status).toBe(304);
      expect(await again.text()).toBe('');
      expect(again.headers.get('etag')).toBe(tag);
      expect(again.headers.get('cache-control')).toBe('public, max-age=300');
    }
    expect((await get(`/about/errors${suffix}`, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('gives each format a tag of its own', async () => {
    const responses = await Promise.all(
      ['html', 'json', 'md'].map((suffix) => get(`/about/errors.${suffix}`)),
    );
    expect(new Set(responses.map(({ headers }) => headers.get('etag'))).size).toBe(3);
  });

  it('answers HEAD as GET, without the body', async () => {
    const whole = await get('/about/errors');
    const head = await get('/about/errors', {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const name of ['etag', 'content-type', 'cache-control', 'vary']) {
      expect(head.headers.get(name)).toBe(whole.headers.get(name));
    }
    const bytes = (await whole.arrayBuffer()).byteLength;
    expect(head.headers.get('content-length')).toBe(String(bytes));
  });

  it('lets nothing run that is not its own', async () => {
    const response = await get('/about/errors', { origin: 'https://one.example' });
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; /);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('access-control-allow-origin')).toBe('https://one.example');
    expect(page).toContain('&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;');
    expect(page).not.toContain('<script>alert');
  });

  it('knows no other method', async () => {
    expect((await get('/about/errors', {}, 'POST')).status).toBe(404);
  });
});

describe('the option catalogue', () => {
  it('is off unless given', async () => {
    const { url, close } = await startApp('express', { imports: [ErrorsModule] });
    expect((await fetch(`${url}/errors`)).status).toBe(404);
    await close();
  });

  it.each(['errors', '/', '/errors/', '/:id', '/a/*rest', '/a b', '//a', '/..', 1, undefined])(
    'refuses the path %p at bootstrap',
    async (path) => {
      const module = ErrorsModule.forRoot({ catalogue: { path: path as string } });
      await expect(startApp('express', { imports: [module] })).rejects.toThrow(
        /catalogue\.path takes a path without parameters.*'\/errors'/,
      );
    },
  );
});
