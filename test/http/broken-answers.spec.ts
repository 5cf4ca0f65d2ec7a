import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import {
  Controller,
  Get,
  Header,
  HttpException,
  Injectable,
  type LoggerService,
  Param,
  Res,
  Scope,
  Sse,
  StreamableFile,
} from '@nestjs/common';
import { ConflictException, ErrorsModule } from 'nestjs-api-errors';
import { concat, of, throwError, timer, NEVER, mergeMap } from 'rxjs';
import { errorAnswer } from '../support/answers.js';
import { hasNest } from '../support/packages.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';
import { exchange, parseResponses } from '../support/raw-http.js';

/** A response of either adapter. */
interface AnyRes {
  raw?: AnyRes;
  setHeader(name: string, value: string): void;
  writeHead(status: number, headers: object): void;
  write(text: string): void;
  header(name: string, value: string): void;
}

async function* failing(after: number) {
  for (let i = 0; i < after; i += 1) {
    yield `chunk ${i}\n`.repeat(1000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('SECRET midway');
}

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

@Injectable({ scope: Scope.REQUEST })
class FailingProvider {
  constructor() {
    throw new ConflictException('Not for this request.');
  }
}

@Controller('scoped')
class ScopedController {
  constructor(readonly provider: FailingProvider) {}
  @Get() get() {}
}

@Controller()
class BrokenController {
  @Get('file/missing') missing() {
    return new StreamableFile(createReadStream('/no/such/SECRET.txt'));
  }
  @Get('file/directory') directory() {
    return new StreamableFile(createReadStream('/'), {
      type: 'image/png',
      disposition: 'attachment; filename="x.png"',
    });
  }
  @Get('file/midway') midway() {
    return new StreamableFile(Readable.from(failing(3), { objectMode: false }));
  }
  @Get('generator/first') first() {
    return failing(0);
  }
  @Get('generator/midway') generator() {
    return failing(3);
  }
  @Get('web/midway') web() {
    return new Response(Readable.toWeb(Readable.from(failing(3))) as ReadableStream);
  }
  @Get('sent/throw') sent(@Res() response: AnyRes) {
    const raw = response.raw ?? response;
    raw.writeHead(200, { 'content-length': '100' });
    raw.write('some of it');
    throw new Error('SECRET after headers');
  }
  @Get('json/bigint') bigint() {
    return { big: 1n };
  }
  @Get('json/cycle') cycle() {
    return cyclic;
  }
  @Get('json/throws') throwing() {
    return {
      toJSON() {
        throw new Error('SECRET');
      },
    };
  }
  @Header('Content-Encoding', 'gzip')
  @Header('Content-Disposition', 'attachment; filename="x.zip"')
  @Header('ETag', '"abc"')
  @Header('Content-Length', '99999')
  @Get('leftover')
  leftover() {
    throw new ConflictException();
  }
  @Get('bad-header') badHeader(@Res({ passthrough: true }) response: AnyRes) {
    response.header('x-bad', 'a\nb');
    throw new ConflictException();
  }
  @Get('bad-header-ok') badHeaderOk(@Res({ passthrough: true }) response: AnyRes) {
    response.header('x-bad', 'a\nb');
    return { ok: true };
  }
  @Get('challenge') challenge(@Res({ passthrough: true }) response: AnyRes) {
    response.header('www-authenticate', 'Basic realm="old"');
    throw new ConflictException();
  }
  @Get('own-challenge') ownChallenge(@Res({ passthrough: true }) response: AnyRes) {
    response.header('www-authenticate', 'Basic realm="old"');
    throw new HttpException('No.', 401);
  }
  @Get('status/:status') status(@Param('status') status: string) {
    throw new HttpException('Odd.', JSON.parse(status) as number);
  }
  @Get('status-none') statusNone() {
    throw new HttpException('Odd.', undefined as never);
  }
  @Get('status-text') statusText() {
    throw new HttpException('Odd.', '404' as never);
  }
  @Sse('sse/sync') sseSync() {
    return throwError(() => new ConflictException('Not now.'));
  }
  @Sse('sse/async') async sseAsync() {
    await new Promise((resolve) => setTimeout(resolve, 50));
    throw new ConflictException('Not now.');
  }
  @Sse('sse/late') sseLate() {
    return timer(50).pipe(mergeMap(() => throwError(() => new ConflictException('Not now.'))));
  }
  @Sse('sse/midway') sseMidway() {
    return concat(
      of({ data: 'one' }),
      timer(20).pipe(mergeMap(() => throwError(() => new Error('SECRET')))),
    );
  }
  @Sse('sse/silent') sseSilent() {
    return NEVER;
  }
  @Sse('sse/none') sseNone() {
    return { data: 'no stream' } as never;
  }
  @Sse('sse/good') sseGood() {
    return of({ data: 'one' }, { data: 'two' });
  }
}

const hidden = { status: 500, code: 'INTERNAL_SERVER_ERROR' };
const conflict = { status: 409, code: 'CONFLICT' };

const answered: [string, object][] = [
  ['file/missing', { status: 404, code: 'NOT_FOUND' }],
  ['file/directory', hidden],
  // What earlier versions take for data
  ...(hasNest(12) ? [['generator/first', hidden] as [string, object]] : []),
  ['json/bigint', hidden],
  ['json/cycle', hidden],
  ['json/throws', hidden],
  ['leftover', conflict],
  ['challenge', { ...conflict, challenge: null }],
  ['own-challenge', { status: 401, code: 'UNAUTHORIZED', challenge: 'Basic realm="old"' }],
  ['scoped', conflict],
  // Before 11.2, Nest sends the head of a stream before it subscribes to it
  ...(hasNest(11, 2) ? [['sse/sync', conflict] as [string, object]] : []),
  ['sse/async', conflict],
  ...['0', '-1', '100', '600', 'null', '404.5'].map((status): [string, object] => [
    `status/${status}`,
    hidden,
  ]),
  ['status-none', hidden],
  ['status-text', hidden],
];

class CollectingLogger implements LoggerService {
  lines: string[] = [];
  log() {}
  warn() {}
  debug() {}
  verbose() {}
  error(...args: unknown[]) {
    this.lines.push(args.map(String).join('\n'));
  }
}

describe.each(platforms)('answers that break, on %s', (platform) => {
  let running: RunningApp;
  const logger = new CollectingLogger();

  beforeAll(async () => {
    running = await startApp(
      platform,
      {
        imports: [ErrorsModule],
        controllers: [BrokenController, ScopedController],
        providers: [FailingProvider],
      },
      { logger },
    );
  });
  afterAll(() => running.close());
  beforeEach(() => {
    logger.lines = [];
  });

  it.each(answered)('%s', async (path, expected) => {
    const response = await fetch(`${running.url}/${path}`);
    const answer = await errorAnswer(response);
    expect(answer).toMatchObject(expected);
    expect(JSON.stringify(answer.body)).not.toContain('SECRET');
    for (const stale of ['content-encoding', 'content-disposition', 'etag', 'x-bad']) {
      expect(response.headers.get(stale)).toBeNull();
    }
  });

  it('a stored header that Node refuses costs neither status nor shape', async () => {
    // Express refuses the header where it is set, Fastify where it is sent
    for (const path of ['bad-header', 'bad-header-ok']) {
      const { text } = await exchange(
        running.port,
        `GET /${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
      const [response] = parseResponses(text);
      expect([409, 500]).toContain(response!.status);
      expect(text).toMatch(/^HTTP\/1\.1 (409 Conflict|500 Internal Server Error)\r\n/);
      expect(response!.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(Object.keys(JSON.parse(response!.body) as object)).toEqual(['code', 'description']);
    }
  });

  it.each([
    'file/midway',
    ...(hasNest(12) ? ['generator/midway', 'web/midway'] : []),
    'sent/throw',
  ])('%s cuts the connection, and the log says why', async (path) => {
    const text = fetch(`${running.url}/${path}`).then((response) => response.text());
    await expect(text).rejects.toThrow(/terminated|fetch failed/);
    expect(logger.lines.join('\n')).toMatch(/SECRET (midway|after headers)/);
  });

  it('an event stream that fails later sends the body of the contract as an error event', async () => {
    const response = await fetch(`${running.url}/sse/midway`);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).toContain('data: one');
    const data = /event: error\n(?:id: .*\n)?data: (.*)\n/.exec(text)?.[1];
    expect(JSON.parse(data!)).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      description: 'The server failed to process the request.',
    });
    expect(text).not.toContain('SECRET');
    expect(logger.lines.join('\n')).toContain('SECRET');
  });

  it('an event stream that fails once its head is sent does so, too', async () => {
    const response = await fetch(`${running.url}/sse/late`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('data: {"code":"CONFLICT","description":"Not now."}\n');
  });

  it('a handler of events that returns no Observable is a fault, as in Nest', async () => {
    const answer = await errorAnswer(await fetch(`${running.url}/sse/none`));
    expect(answer).toMatchObject(hidden);
  });

  it('an event stream that says nothing opens all the same', async () => {
    const abort = new AbortController();
    const response = await fetch(`${running.url}/sse/silent`, { signal: abort.signal });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    abort.abort();
  });

  it('an event stream without errors arrives as it was', async () => {
    const response = await fetch(`${running.url}/sse/good`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(await response.text()).toBe('\nid: 1\ndata: one\n\nid: 2\ndata: two\n\n');
  });
});
