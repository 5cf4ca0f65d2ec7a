import { Controller, Module, NotFoundException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ClientProxyFactory,
  MessagePattern,
  Payload,
  RpcException,
  Transport,
} from '@nestjs/microservices';
import { IsString } from 'class-validator';
import {
  type ErrorReport,
  ErrorsModule,
  ResourceNotExistException,
  ServiceUnavailableException,
} from 'nestjs-api-errors';
import { firstValueFrom, throwError } from 'rxjs';
import { freePort } from '../support/free-port.js';

/*
 * Whoever calls a handler of messages gets an answer, whatever it throws, whether the application is a
 * microservice or a hybrid one.
 */

class BookDto {
  @IsString() title: string;
}

@Controller()
class BooksController {
  @MessagePattern('unknown') unknown() {
    throw new Error('SECRET');
  }
  @MessagePattern('late') late() {
    return throwError(() => new Error('SECRET'));
  }
  @MessagePattern('nest') nest() {
    throw new NotFoundException('No such book.');
  }
  @MessagePattern('ours') ours() {
    throw new ResourceNotExistException('BOOK');
  }
  @MessagePattern('busy') busy() {
    throw new ServiceUnavailableException({ retryAfter: 7 });
  }
  @MessagePattern('own') own() {
    throw new RpcException('As it is.');
  }
  @MessagePattern('own-object') ownObject() {
    throw new RpcException({ status: 418, short: true });
  }
  @MessagePattern('payload') payload(@Payload() book: BookDto) {
    return book;
  }
  @MessagePattern('good') good() {
    return 'good';
  }
}

const reports: ErrorReport[] = [];

@Module({
  imports: [ErrorsModule.forRoot({ onError: (report) => void reports.push(report) })],
  controllers: [BooksController],
})
class AppModule {}

const internal = {
  status: 500,
  message: 'The server failed to process the request.',
  code: 'INTERNAL_SERVER_ERROR',
  description: 'The server failed to process the request.',
};

const cases: [string, unknown][] = [
  ['unknown', internal],
  ['late', internal],
  [
    'nest',
    {
      status: 404,
      message: 'No such book.',
      code: 'NOT_FOUND',
      description: 'No such book.',
    },
  ],
  ['ours', expect.objectContaining({ status: 404, code: 'BOOK_NOT_EXIST' })],
  ['busy', expect.objectContaining({ status: 503, code: 'SERVICE_UNAVAILABLE', retryAfter: 7 })],
  ['own', { status: 'error', message: 'As it is.' }],
  ['own-object', { status: 418, short: true }],
  [
    'payload',
    expect.objectContaining({
      status: 400,
      code: 'MISSING_PARAMETER',
      description: 'title is required.',
    }),
  ],
];

const tcp = (port: number) => ({
  transport: Transport.TCP as const,
  options: { host: '127.0.0.1', port },
});

describe.each([
  [
    'a microservice',
    async (port: number) => {
      const app = await NestFactory.createMicroservice(AppModule, { ...tcp(port), logger: false });
      await app.listen();
      return app;
    },
  ],
  [
    'a hybrid application that shares what is global',
    async (port: number) => {
      const app = await NestFactory.create(AppModule, { logger: false });
      app.connectMicroservice(tcp(port), { inheritAppConfig: true });
      await app.startAllMicroservices();
      await app.init();
      return app;
    },
  ],
  [
    'a hybrid application',
    async (port: number) => {
      const app = await NestFactory.create(AppModule, { logger: false });
      app.connectMicroservice(tcp(port));
      await app.startAllMicroservices();
      await app.init();
      return app;
    },
  ],
])('%s', (name, start) => {
  let app: Awaited<ReturnType<typeof start>>;
  let client: ReturnType<typeof ClientProxyFactory.create>;

  beforeAll(async () => {
    const port = await freePort();
    app = await start(port);
    client = ClientProxyFactory.create(tcp(port));
  });
  afterAll(async () => {
    await client.close();
    await app.close();
  });

  const send = (pattern: string, data: object = {}): Promise<unknown> =>
    firstValueFrom(client.send<unknown>(pattern, data)).catch((error: unknown) => error);

  it('answers what is good', async () => {
    expect(await send('good')).toBe('good');
  });

  if (name === 'a hybrid application') {
    // Its handlers of messages have nothing of what is global
    it('answers as it does without this library', async () => {
      expect(await send('ours')).toEqual({ status: 'error', message: 'Internal server error' });
    });
    return;
  }

  it.each(cases)('answers what is thrown by %s', async (pattern, expected) => {
    reports.length = 0;
    expect(await send(pattern)).toEqual(expected);
    const isOwn = pattern.startsWith('own');
    expect(reports.map(({ request }) => request.route)).toEqual(isOwn ? [] : [pattern]);
  });
});
