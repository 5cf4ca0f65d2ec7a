import { Controller, Header, HttpCode, Query, Req, Res, Sse } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { concat, delay, interval, map, NEVER, type Observable, of, take } from 'rxjs';
import { type PlatformName, platforms, type RunningApp, startApp } from '../support/platforms.js';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A response of either adapter. */
interface AnyRes {
  readonly raw?: AnyRes;
  status(code: number): AnyRes;
  header(name: string, value: string): void;
  setHeader(name: string, value: string): void;
}

/** A class for each application: what the library does to one is not to be in the other. */
function eventsController() {
  @Controller()
  class EventsController {
    @Sse('plain') plain(): Observable<object> {
      return of({ data: 'one' }, { data: { two: 2 }, type: 'pair', id: 'x', retry: 9 });
    }
    @Sse('decorated')
    @HttpCode(202)
    @Header('x-shelf', 'fiction')
    decorated(): Observable<object> {
      return of({ data: 'one' });
    }
    @Sse('sync') sync(@Res({ passthrough: true }) response: AnyRes): Observable<object> {
      response.status(202);
      response.header('x-shelf', 'fiction');
      return of({ data: 'one' });
    }
    @Sse('async') async async(
      @Res({ passthrough: true }) response: AnyRes,
      @Query('shelf') shelf: string,
    ): Promise<Observable<object>> {
      await wait(20);
      response.status(202);
      response.header('x-shelf', shelf);
      return of({ data: shelf });
    }
    @Sse('late') async late(@Res({ passthrough: true }) response: AnyRes) {
      await wait(20);
      (response.raw ?? response).setHeader('x-shelf', 'raw');
      return of({ data: 'one' }).pipe(delay(50));
    }
    @Sse('many') many(): Observable<object> {
      return interval(5).pipe(
        take(20),
        map((count) => ({ data: `event ${count}` })),
      );
    }
    @Sse('request') request(@Req() request: { readonly url: string }): Observable<object> {
      return of({ data: request.url });
    }
    @Sse('silent') silent(): Observable<object> {
      return NEVER;
    }
    @Sse('then-silent') thenSilent(): Observable<object> {
      return concat(of({ data: 'one' }), NEVER);
    }
  }
  return EventsController;
}

const start = (platform: PlatformName, imports: [] | [typeof ErrorsModule]) =>
  startApp(platform, { imports, controllers: [eventsController()] });

/** A stream to its end. */
async function streamed(url: string) {
  const response = await fetch(url);
  const { date: _date, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, text: await response.text() };
}

/** Milliseconds until the head of a stream is there, and until its first bytes are. */
async function timed(url: string) {
  const abort = new AbortController();
  const started = performance.now();
  const response = await fetch(url, { signal: abort.signal });
  const head = performance.now() - started;
  const { value } = await response.body!.getReader().read();
  const first = performance.now() - started;
  abort.abort();
  return { head, first, text: new TextDecoder().decode(value) };
}

describe.each(platforms)('streams of events, on %s', (platform) => {
  let plain: RunningApp;
  let ours: RunningApp;

  beforeAll(async () => {
    [plain, ours] = await Promise.all([start(platform, []), start(platform, [ErrorsModule])]);
  });
  afterAll(() => Promise.all([plain.close(), ours.close()]));

  it.each(['plain', 'decorated', 'sync', 'async?shelf=poetry', 'late', 'many', 'request?a=b'])(
    '/%s has the status, headers and events that it has without the library',
    async (path) => {
      const expected = await streamed(`${plain.url}/${path}`);
      expect(await streamed(`${ours.url}/${path}`)).toEqual(expected);
      expect(expected.text).toContain('data: ');
    },
  );

  it.each(['silent', 'then-silent'])('/%s is held back no longer than without', async (path) => {
    const expected = await timed(`${plain.url}/${path}`);
    const { head, first, text } = await timed(`${ours.url}/${path}`);
    expect(text).toBe(expected.text);
    expect(head).toBeLessThan(expected.head + 300);
    expect(first).toBeLessThan(expected.first + 300);
  });
});
