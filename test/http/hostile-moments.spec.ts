import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect } from 'node:net';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { Body, Controller, Get, Header, Post, Res, Sse, StreamableFile } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, MaxLength, ValidateNested } from 'class-validator';
import {
  ApiException,
  type ErrorReport,
  ErrorsModule,
  fastifyErrorOptions,
  NotFoundException,
  ServiceUnavailableException,
} from 'nestjs-api-errors';
import { of } from 'rxjs';
import { errorAnswer } from '../support/answers.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';
import { exchange, parseResponses } from '../support/raw-http.js';

class DeepDto {
  @IsInt() n: number;
  @IsOptional() @ValidateNested() @Type(() => DeepDto) c?: DeepDto;
}

class TitleDto {
  @MaxLength(5, { message: 'Title "$value" is too long' }) title: string;
}

interface AnyRes {
  raw?: AnyRes;
  statusMessage?: string;
  end: unknown;
  setHeader(name: string, value: string | string[]): void;
  write(text: string): void;
}

const never = () => {
  throw new NotFoundException();
};

@Controller()
class HostileController {
  @Header('Trailer', 'X-Sum') @Get('trailer') trailer() {
    never();
  }
  @Get('raw-trailer') rawTrailer(@Res({ passthrough: true }) res: AnyRes) {
    (res.raw ?? res).setHeader('Trailer', 'X-Sum');
    never();
  }
  @Get('own-headers') ownHeaders() {
    throw new NotFoundException({
      headers: { Trailer: 'X', Connection: 'close', 'Keep-Alive': 'x', Upgrade: 'websocket' },
    });
  }
  @Get('broken-end') brokenEnd(@Res({ passthrough: true }) res: AnyRes) {
    (res.raw ?? res).end = () => {
      throw new Error('SECRET');
    };
    never();
  }
  @Get('bad-status') badStatus() {
    throw new ApiException({ status: 100, code: 'X', description: 'd' });
  }
  @Get('no-content') noContent() {
    throw new ApiException({ status: 204, code: 'X', description: 'd' });
  }
  @Get('no-description') noDescription() {
    throw Object.assign(new NotFoundException(), { description: undefined });
  }
  @Header('Cache-Control', 'public, max-age=31536000') @Get('cached') cached() {
    never();
  }
  @Header('Cache-Control', 'no-store') @Get('uncached') uncached() {
    never();
  }
  @Get('reason') reason(@Res({ passthrough: true }) res: AnyRes) {
    (res.raw ?? res).statusMessage = 'SECRET';
    never();
  }
  @Get('later') later() {
    throw new ServiceUnavailableException({ retryAfter: 1e21 });
  }
  @Get('bad-header') badHeader() {
    throw new NotFoundException({ headers: { 'bad header': 'x' } });
  }
  @Get('destroyed') destroyed() {
    const stream = Readable.from(['a']);
    stream.destroy();
    return new StreamableFile(stream);
  }
  @Get('destroyed-midway') destroyedMidway() {
    const stream = new Readable({ read() {} });
    stream.push('abc');
    setTimeout(() => stream.destroy(), 50);
    return new StreamableFile(stream);
  }
  @Get('written') written(@Res() res: AnyRes) {
    (res.raw ?? res).write('abc');
    throw new Error('SECRET');
  }
  @Sse('events') events() {
    return of({ data: 'one' });
  }
  @Post('deep') deep(@Body() body: DeepDto) {
    return body;
  }
  @Post('title') title(@Body() body: TitleDto) {
    return body;
  }
  @Post('echo') echo(@Body() body: object) {
    return body;
  }
}

const post = (url: string, body: object | string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe.each(platforms)('hostile moments, on %s', (platform) => {
  let running: RunningApp;
  const reports: ErrorReport[] = [];

  beforeAll(async () => {
    running = await startApp(
      platform,
      {
        imports: [
          ErrorsModule.forRoot({
            body: { failures: true },
            undeclared: 'ignore',
            onError: (report) => void reports.push(report),
          }),
        ],
        controllers: [HostileController],
      },
      {
        setUp: (app) => {
          app.use(
            (_request: unknown, response: AnyRes & { writeHead: unknown }, next: () => void) => {
              const { writeHead } = response as { writeHead: (...args: unknown[]) => unknown };
              response.writeHead = (...args: unknown[]) => {
                response.setHeader('x-session', 'kept');
                return writeHead.apply(response, args);
              };
              next();
            },
          );
        },
      },
    );
  });
  afterAll(() => running.close());
  beforeEach(() => {
    reports.length = 0;
  });

  it.each([
    ['trailer', 404],
    ['raw-trailer', 404],
    ['own-headers', 404],
    ['bad-status', 500],
    ['no-content', 500],
    ['no-description', 404],
    ['destroyed', 500],
    ['bad-header', 404],
  ])('%s is %d in shape', async (path, status) => {
    const answer = await errorAnswer(await fetch(`${running.url}/${path}`));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('trailer')).toBeNull();
    expect(answer.headers.get('upgrade')).toBeNull();
  });

  it.each(['broken-end', 'destroyed-midway'])('%s cuts the connection', async (path) => {
    const text = fetch(`${running.url}/${path}`).then((response) => response.text());
    await expect(text).rejects.toThrow(/terminated|fetch failed/);
  });

  it('how long an answer may be kept is not told of its error', async () => {
    expect((await fetch(`${running.url}/cached`)).headers.get('cache-control')).toBeNull();
    expect((await fetch(`${running.url}/uncached`)).headers.get('cache-control')).toBe('no-store');
  });

  it('the reason phrase is that of the status', async () => {
    const { text } = await exchange(
      running.port,
      'GET /reason HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    expect(text).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  });

  it('Retry-After stays a number of seconds', async () => {
    const { headers } = await fetch(`${running.url}/later`);
    expect(headers.get('retry-after')).toBe('2147483647');
  });

  it('event streams keep what middleware puts on the response', async () => {
    const response = await fetch(`${running.url}/events`);
    expect(response.headers.get('x-session')).toBe('kept');
    expect(await response.text()).toContain('data: one');
  });

  it('a bad chunk after the answer gets no second answer', async () => {
    const socket = connect(running.port, '127.0.0.1');
    await once(socket, 'connect');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.write(
      'POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n' +
        'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n',
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.write('zz\r\n\r\n');
    await once(socket, 'close');
    expect(parseResponses(text)).toHaveLength(1);
  });

  it('an upload that its client aborts is no fault of the server', async () => {
    const socket = connect(running.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      'POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.resetAndDestroy();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(reports.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
  });

  it('a body too deep for its validator is 400', async () => {
    const depth = 3000;
    const body = `${'{"n":1,"c":'.repeat(depth)}{"n":1}${'}'.repeat(depth)}`;
    const answer = await errorAnswer(await post(`${running.url}/deep`, body));
    expect(answer).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });

  it.each([
    ['long', `S3CRET-${'x'.repeat(600)}`],
    ['with replacement patterns', 'S3CRETVAL$&'],
    ['with replacement patterns around', "$`S3CRET$'VAL"],
    ['plain', 'S3CRETVAL'],
  ])('a value that the message repeats (%s) stays out', async (_what, title) => {
    const answer = await errorAnswer(await post(`${running.url}/title`, { title }));
    expect(answer.code).toBe('LIMIT_EXCEEDED');
    expect(JSON.stringify(answer.body)).not.toMatch(/S3CRET|xxxx|VAL/);
  });
});

describe('failures of the observers themselves', () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  beforeAll(() => process.on('unhandledRejection', note));
  afterAll(() => process.off('unhandledRejection', note));

  it.each<[string, (report: ErrorReport) => unknown]>([
    ['rejects with what cannot be shown', () => Promise.reject(Object.create(null) as Error)],
    [
      'throws what cannot be shown',
      () => {
        throw Object.create(null);
      },
    ],
    ['returns a number', () => 5],
  ])('an onError that %s', async (_what, onError) => {
    const logger = {
      log() {},
      warn: () => {
        throw new Error('disk full');
      },
      error: () => {
        throw new Error('disk full');
      },
    };
    const { url, close } = await startApp(
      'express',
      {
        imports: [ErrorsModule.forRoot({ undeclared: 'ignore', onError: onError as never })],
        controllers: [HostileController],
      },
      { logger },
    );
    expect((await fetch(`${url}/bad-header`)).status).toBe(404);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unhandled).toEqual([]);
    await close();
  });
});

describe('HTTP/2', () => {
  let running: RunningApp;
  let session: ClientHttp2Session;

  beforeAll(async () => {
    running = await startApp(
      'fastify',
      { imports: [ErrorsModule], controllers: [HostileController] },
      { adapter: () => new FastifyAdapter({ ...fastifyErrorOptions(), http2: true }) as never },
    );
    session = connectHttp2(running.url);
  });
  afterAll(async () => {
    session.destroy();
    await running.close();
  });

  it.each([
    ['/nothing', 404],
    ['/own-headers', 404],
    ['/%zz', 400],
  ])('%s is %d in shape', async (path, status) => {
    const stream = session.request({ ':path': path });
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
    let text = '';
    for await (const chunk of stream) {
      text += String(chunk);
    }
    expect(headers[':status']).toBe(status);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['code', 'description']);
  });

  it('an answer that broke off ends with an error code', async () => {
    const stream = session.request({ ':path': '/written' });
    stream.on('error', () => undefined).resume();
    await once(stream, 'close').catch(() => undefined);
    expect(stream.rstCode).toBe(2);
  });
});

describe('an application of @nestjs/testing', () => {
  it('knows the methods of its routes', async () => {
    const module = await Test.createTestingModule({
      imports: [ErrorsModule.forRoot({ methodNotAllowed: true })],
      controllers: [HostileController],
    }).compile();
    const app = module.createNestApplication({ logger: false });
    await app.listen(0, '127.0.0.1');
    const answer = await errorAnswer(await fetch(`${await app.getUrl()}/echo`));
    expect(answer).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
    await app.close();
  });
});
