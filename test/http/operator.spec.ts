import { Controller, Get, type LoggerService, Param } from '@nestjs/common';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import {
  ConflictException,
  type ErrorReport,
  ErrorsModule,
  type ErrorsModuleOptions,
  InternalServerErrorException,
  NotFoundException,
} from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { type PlatformName, platforms, startApp } from '../support/platforms.js';

type Level = 'log' | 'error' | 'warn' | 'debug' | 'verbose' | 'fatal';

class CollectingLogger implements LoggerService {
  readonly lines: { level: Level; text: string }[] = [];
  log = this.#collect('log');
  error = this.#collect('error');
  warn = this.#collect('warn');
  debug = this.#collect('debug');
  verbose = this.#collect('verbose');
  fatal = this.#collect('fatal');

  at(level: Level): string[] {
    return this.lines.filter((line) => line.level === level).map(({ text }) => text);
  }

  #collect(level: Level) {
    return (...args: unknown[]) => {
      this.lines.push({ level, text: args.map(String).join('\n') });
    };
  }
}

const root = new Error('connection refused by 10.0.0.1');
const thrown: Record<string, () => unknown> = {
  fault: () => new Error('query failed', { cause: root }),
  own: () => new InternalServerErrorException('the shelf is on fire', { cause: root }),
  text: () => 'just text',
  conflict: () => new ConflictException('Busy.', { cause: new Error('reason within') }),
  missing: () => new NotFoundException(),
};

@Controller('books')
class FailingController {
  @Get(':name') fail(@Param('name') name: string): never {
    throw thrown[name]!();
  }
}

async function run(
  platform: PlatformName,
  options: ErrorsModuleOptions,
  path: string,
  headers: Record<string, string> = {},
  logger: LoggerService = new CollectingLogger(),
) {
  const { url, close } = await startApp(
    platform,
    {
      imports: [ErrorsModule.forRoot({ undeclared: 'ignore', ...options })],
      controllers: [FailingController],
    },
    { logger },
  );
  try {
    return await errorAnswer(await fetch(`${url}/${path}`, { headers }));
  } finally {
    await close();
  }
}

describe.each(platforms)('what the operator gets, on %s', (platform) => {
  it.each([
    ['fault', ['query failed', 'connection refused', 'Caused by: Error']],
    ['own', ['the shelf is on fire', 'connection refused']],
    ['text', ["thrown: 'just text'"]],
  ])('a 5xx (%s) is logged at error with stack and causes', async (name, texts) => {
    const logger = new CollectingLogger();
    const answer = await run(platform, {}, `books/${name}?secret=QUERY`, {}, logger);
    expect(answer.status).toBe(500);
    const [line, ...more] = logger.at('error');
    expect(more).toEqual([]);
    expect(line).toContain('GET /books/:name 500 INTERNAL_SERVER_ERROR');
    expect(line).toContain(answer.headers.get('x-request-id'));
    expect(line).not.toContain('QUERY');
    for (const text of texts) {
      expect(line).toContain(text);
      expect(JSON.stringify(answer.body)).not.toContain(text);
    }
    expect(line!.includes(' at ')).toBe(name !== 'text');
  });

  it('a 4xx is logged at debug, with the reason behind it', async () => {
    const logger = new CollectingLogger();
    await run(platform, {}, 'books/conflict', {}, logger);
    expect(logger.at('error')).toEqual([]);
    expect(logger.at('debug').join()).toContain(
      'GET /books/:name 409 CONFLICT: Busy. (reason within)',
    );
  });

  it('levels follow the policy, a code before a status', async () => {
    const log = { CONFLICT: 'warn', 409: 'verbose', 404: false, 500: 'fatal' } as const;
    for (const [path, level] of [
      ['books/conflict', 'warn'],
      ['books/missing', undefined],
      ['books/fault', 'fatal'],
    ] as const) {
      const logger = new CollectingLogger();
      await run(platform, { log }, path, {}, logger);
      const mine = logger.lines.filter(({ text }) => text.includes('/books/:name '));
      expect(mine.filter(({ text }) => text.startsWith('GET')).map((line) => line.level)).toEqual(
        level === undefined ? [] : [level],
      );
    }
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['made where none was sent', {}, /^[\da-f-]{36}$/],
    ['taken from X-Request-Id', { 'x-request-id': 'abc-123' }, /^abc-123$/],
    ['made where X-Request-Id is no id', { 'x-request-id': 'a b"<script>' }, /^[\da-f-]{36}$/],
    ['made where X-Request-Id is too long', { 'x-request-id': 'a'.repeat(200) }, /^[\da-f-]{36}$/],
    [
      'taken from traceparent',
      { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
      /^4bf92f3577b34da6a3ce929d0e0e4736$/,
    ],
    ['made where traceparent is malformed', { traceparent: '00-xyz' }, /^[\da-f-]{36}$/],
  ])('a request id is %s', async (_what, headers, expected) => {
    const answer = await run(platform, { body: { requestId: true } }, 'books/missing', headers);
    expect(answer.headers.get('x-request-id')).toMatch(expected);
    expect(answer.body['requestId']).toBe(answer.headers.get('x-request-id'));
  });

  it('onError is told of the exception, of what was thrown and of the request', async () => {
    const reports: ErrorReport[] = [];
    const answer = await run(
      platform,
      { onError: (report) => void reports.push(report) },
      'books/fault',
    );
    expect(reports).toHaveLength(1);
    const [report] = reports;
    expect(report).toMatchObject({ status: 500, code: 'INTERNAL_SERVER_ERROR' });
    expect((report!.thrown as Error).message).toBe('query failed');
    expect(report!.exception.getStatus()).toBe(500);
    expect(report!.request.id).toBe(answer.headers.get('x-request-id'));
    expect(report!.request.method).toBe('GET');
    expect(report!.request.route).toBe('/books/:name');
  });

  it.each<[string, ErrorsModuleOptions['onError']]>([
    [
      'throws',
      () => {
        throw new Error('observer');
      },
    ],
    ['rejects', () => Promise.reject(new Error('observer'))],
    ['never settles', () => new Promise(() => undefined)],
  ])('an onError that %s harms no answer', async (_what, onError) => {
    const answer = await run(platform, { onError: onError! }, 'books/missing');
    expect(answer.status).toBe(404);
  });

  it('a logger that throws harms no answer', async () => {
    const logger = new CollectingLogger();
    logger.error = () => {
      throw new Error('disk full');
    };
    logger.debug = logger.error;
    expect((await run(platform, {}, 'books/fault', {}, logger)).status).toBe(500);
    expect((await run(platform, {}, 'books/missing', {}, logger)).status).toBe(404);
  });
});

describe.each(platforms)('OpenTelemetry, on %s', (platform) => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(provider);
  });
  afterAll(() => {
    context.disable();
    trace.disable();
  });

  it.each([
    ['fault', SpanStatusCode.ERROR, 'INTERNAL_SERVER_ERROR', ['exception']],
    ['conflict', SpanStatusCode.UNSET, undefined, []],
  ])('the active span of a %s says %s', async (name, status, code, events) => {
    exporter.reset();
    const tracer = trace.getTracer('test');
    const { url, close } = await startApp(
      platform,
      { imports: [ErrorsModule], controllers: [FailingController] },
      {
        setUp: (app) => {
          // What an HTTP instrumentation does: a span around the request
          const server = app.getHttpServer() as import('node:http').Server;
          const emit = server.emit.bind(server) as (...args: unknown[]) => boolean;
          server.emit = (event: string, ...args: unknown[]) =>
            event === 'request'
              ? tracer.startActiveSpan('GET', (span) => {
                  (args[1] as import('node:http').ServerResponse).on('close', () => span.end());
                  return emit(event, ...args);
                })
              : emit(event, ...args);
        },
      },
    );
    await fetch(`${url}/books/${name}`);
    await close();
    const [span] = exporter.getFinishedSpans();
    expect(span!.attributes['error.type']).toBe(code);
    expect(span!.events.map((event) => event.name)).toEqual(events);
    expect(span!.status.code).toBe(status);
  });
});
