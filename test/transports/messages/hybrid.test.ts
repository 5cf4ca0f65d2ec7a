import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  EventPattern,
  MessagePattern,
  type MicroserviceOptions,
  Payload,
} from '@nestjs/microservices';
import {
  ConflictException,
  ErrorsModule,
  NotFoundException,
  ResourceNotExistException,
  Throws,
} from 'nestjs-api-errors';
import { errorCoverage } from 'nestjs-api-errors/testing';
import { firstValueFrom } from 'rxjs';
import {
  CollectingLogger,
  eventually,
  freePort,
  logged,
  messageClient,
  transports,
} from './support.js';

/*
 * An application that answers HTTP and messages, with and without what is global, and what it declares
 * of its errors.
 */

@Controller('books')
class BooksController {
  @Get(':isbn') find() {
    throw new ResourceNotExistException('BOOK');
  }
  @MessagePattern({ cmd: 'find' })
  @Throws(ResourceNotExistException.for('BOOK'), NotFoundException)
  message(@Payload() { undeclared }: { undeclared?: boolean }) {
    throw undeclared ? new ConflictException() : new ResourceNotExistException('BOOK');
  }
  @EventPattern('book.lent')
  @Throws(NotFoundException)
  lent(@Payload() _data: object) {
    throw new NotFoundException();
  }
}

@Module({
  imports: [ErrorsModule.forRoot({ undeclared: 'log', catalogue: { path: '/errors' } })],
  controllers: [BooksController],
})
class AppModule {}

@Module({
  imports: [
    ErrorsModule.forRoot({
      bearer: {
        global: true,
        verifier: { verify: () => Promise.reject(new Error('never asked')) },
      },
    }),
  ],
  controllers: [BooksController],
})
class GuardedModule {}

const tcp = async (): Promise<MicroserviceOptions> => transports[0].options(await freePort());

async function start(options: MicroserviceOptions, inheritAppConfig: boolean, module = AppModule) {
  const app = await NestFactory.create(module, {
    logger: new CollectingLogger(),
    abortOnError: false,
  });
  app.connectMicroservice(options, { inheritAppConfig });
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  return app;
}

const asked = (client: ReturnType<typeof messageClient>, data: object = {}) =>
  firstValueFrom(client.send<unknown>({ cmd: 'find' }, data)).catch((error: unknown) => error);

describe('a hybrid application', () => {
  it('answers messages as Nest does where they inherit nothing', async () => {
    const options = await tcp();
    const app = await start(options, false);
    const client = messageClient(options);
    assert.deepEqual(await asked(client), { status: 'error', message: 'Internal server error' });
    assert.equal((await fetch(`${await app.getUrl()}/books/1`)).status, 404);
    await client.close();
    await app.close();
  });

  it('answers both by the contract where they inherit, and says what is not declared', async () => {
    const options = await tcp();
    const app = await start(options, true);
    const coverage = errorCoverage(app);
    const client = messageClient(options);
    const description = 'The requested resource does not exist.';
    const answer = { status: 404, message: description, code: 'BOOK_NOT_EXIST', description };
    assert.deepEqual(await asked(client), answer);
    const response = await fetch(`${await app.getUrl()}/books/1`);
    assert.deepEqual(await response.json(), { code: 'BOOK_NOT_EXIST', description });

    logged.length = 0;
    await asked(client, { undeclared: true });
    client.emit('book.lent', {});
    await eventually(() => logged.some((line) => line.includes('EVENT')));
    assert.match(
      logged.join('\n'),
      /MESSAGE \{"cmd":"find"\} answered 409 CONFLICT, which BooksController\.message\(\) does not declare/,
    );
    assert.doesNotMatch(logged.join('\n'), /EVENT book\.lent answered/);

    const { declared, missing } = coverage;
    const ofMessages = (answers: typeof declared) =>
      answers
        .filter(({ operation }) => !operation.startsWith('GET'))
        .map(({ operation, code }) => `${operation} ${code}`);
    assert.deepEqual(ofMessages(declared).toSorted(), [
      'EVENT book.lent INTERNAL_SERVER_ERROR',
      'EVENT book.lent NOT_FOUND',
      'MESSAGE {"cmd":"find"} BOOK_NOT_EXIST',
      'MESSAGE {"cmd":"find"} INTERNAL_SERVER_ERROR',
      'MESSAGE {"cmd":"find"} NOT_FOUND',
    ]);
    assert.deepEqual(ofMessages(missing).toSorted(), [
      'EVENT book.lent INTERNAL_SERVER_ERROR',
      'MESSAGE {"cmd":"find"} INTERNAL_SERVER_ERROR',
      'MESSAGE {"cmd":"find"} NOT_FOUND',
    ]);
    const accept = { headers: { accept: 'text/markdown' } };
    const page = await (await fetch(`${await app.getUrl()}/errors`, accept)).text();
    assert.match(page, /MESSAGE \{"cmd":"find"\}/);
    await client.close();
    await app.close();
  });

  it('refuses messages where every handler is guarded: they carry no token', async () => {
    const options = await tcp();
    const app = await start(options, true, GuardedModule);
    const client = messageClient(options);
    const refused = (await asked(client)) as { status: number; code: string };
    assert.deepEqual([refused.status, refused.code], [403, 'FORBIDDEN']);
    await client.close();
    await app.close();
  });
});
