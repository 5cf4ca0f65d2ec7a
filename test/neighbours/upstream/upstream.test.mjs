import 'reflect-metadata';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Controller, Get, Logger, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorsModule, ResourceNotExistException } from 'nestjs-api-errors';
import { upstreamErrors } from 'nestjs-api-errors/mappers';
import {
  callGrpc,
  clients,
  connected,
  httpClients,
  serveGrpc,
  statusesOfGrpc as grpcStatuses,
} from './clients.mjs';
import { answering, breaking, closeServers, hanging, refusing, SECRET } from './servers.mjs';

Logger.overrideLogger(false);

/** What the one route of an application does next. */
let next;
const open = [];

/** An application whose route asks another service. */
async function start(options) {
  class BooksController {
    find() {
      return next();
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(BooksController.prototype, 'find');
  Get('books/:id')(BooksController.prototype, 'find', descriptor);
  Param('id')(BooksController.prototype, 'find', 0);
  Controller()(BooksController);
  class AppModule {}
  Module({
    imports: [ErrorsModule.forRoot({ validation: false, ...options })],
    controllers: [BooksController],
  })(AppModule);
  const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  open.push(app);
  const url = await app.getUrl();
  return async (thrower) => {
    next = async () => {
      await thrower();
      return 'nothing was thrown';
    };
    const response = await fetch(`${url}/books/1`);
    const text = await response.text();
    assert.ok(!text.includes('SECRET'), text);
    const { code, description } = JSON.parse(text);
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, code, description, retryAfter };
  };
}

const CODES = {
  500: 'INTERNAL_SERVER_ERROR',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
  504: 'GATEWAY_TIMEOUT',
};
const is = (answer, status, retryAfter = null) =>
  assert.deepEqual(
    [answer.status, answer.code, answer.retryAfter],
    [status, CODES[status], retryAfter],
  );

let ports;
let mapped;
let bare;
let passing;
before(async () => {
  ports = {
    refusing: await refusing(),
    hanging: await hanging(),
    breaking: await breaking(),
    answering: await answering(),
  };
  mapped = await start({ mappers: [upstreamErrors()] });
  bare = await start({});
  passing = await start({
    mappers: [
      upstreamErrors({
        passOn: ['BOOK_NOT_EXIST'],
        statuses: { 404: ResourceNotExistException.for('SHELF') },
      }),
    ],
  });
});
after(async () => {
  await Promise.all(open.map((app) => app.close()));
  await closeServers();
});

const urlOf = (server, path = '') => `http://127.0.0.1:${ports[server]}/${path}`;

describe('clients of HTTP', () => {
  /** Server, path, and what is answered. */
  const faults = [
    ['refusing', '', 503],
    ['breaking', '', 502],
    ['hanging', '', 504],
    ['answering', '503', 503, '7'],
    ['answering', '429', 503, '7'],
    ['answering', '504', 504],
    ['answering', '500', 502],
    ['answering', '502', 502],
    ['answering', '400', 500],
    ['answering', '401', 500],
    ['answering', '404', 500],
  ];
  for (const [name, ask] of Object.entries(httpClients)) {
    for (const [server, path, status, retryAfter] of faults) {
      it(`${name}: ${server} ${path} is ${status}`, async () =>
        is(await mapped(() => ask(urlOf(server, path))), status, retryAfter));
    }
    it(`${name}: is 500 without the mapper`, async () => {
      is(await bare(() => ask(urlOf('refusing'))), 500);
      is(await bare(() => ask(urlOf('answering', '503'))), 500);
    });
    it(`${name}: what the application makes of a status`, async () => {
      const { status, code } = await passing(() => ask(urlOf('answering', '404')));
      const isPassedOn = /readError|axios|undici/.test(name);
      assert.deepEqual([status, code], [404, isPassedOn ? 'BOOK_NOT_EXIST' : 'SHELF_NOT_EXIST']);
    });
  }

  it('an error of another API of this contract is passed on as it is', async () => {
    const ask = () => httpClients['readError()'](urlOf('answering', '404'));
    assert.deepEqual(await passing(ask), {
      status: 404,
      code: 'BOOK_NOT_EXIST',
      description: 'No such book.',
      retryAfter: null,
    });
  });
});

describe('gRPC', () => {
  for (const [name, status] of [
    ['UNAVAILABLE', 503],
    ['RESOURCE_EXHAUSTED', 503],
    ['DEADLINE_EXCEEDED', 504],
    ['UNKNOWN', 502],
    ['INTERNAL', 502],
    ['DATA_LOSS', 502],
    ['UNIMPLEMENTED', 502],
    ['INVALID_ARGUMENT', 500],
    ['NOT_FOUND', 500],
    ['ALREADY_EXISTS', 500],
    ['PERMISSION_DENIED', 500],
    ['UNAUTHENTICATED', 500],
    ['FAILED_PRECONDITION', 500],
    ['ABORTED', 500],
    ['OUT_OF_RANGE', 500],
    ['CANCELLED', 500],
  ]) {
    it(`${name} is ${status}`, async () => {
      const { port, close } = await serveGrpc(grpcStatuses[name]);
      is(await mapped(() => callGrpc(port)), status);
      close();
    });
  }

  it('UNAVAILABLE with its pushback', async () => {
    const { port, close } = await serveGrpc(grpcStatuses.UNAVAILABLE, {
      'grpc-retry-pushback-ms': '2500',
    });
    is(await mapped(() => callGrpc(port)), 503, '3');
    close();
  });

  it('NOT_FOUND as the application maps it', async () => {
    const { port, close } = await serveGrpc(grpcStatuses.NOT_FOUND);
    const { status, code } = await passing(() => callGrpc(port));
    assert.deepEqual([status, code], [404, 'SHELF_NOT_EXIST']);
    close();
  });

  it('a server that refuses is 503, one that hangs 504', async () => {
    is(await mapped(() => callGrpc(ports.refusing)), 503);
    is(await mapped(() => callGrpc(ports.hanging, Date.now() + 300)), 504);
  });
});

describe('clients of other protocols', () => {
  /** What each throws where a server hangs or breaks off; some wait for ever by themselves. */
  const statuses = {
    redis: [503, 502, 504],
    ioredis: [503, 503, 504],
    BullMQ: [503, 503],
    '@nats-io': [503, undefined, 504],
    nats: [503, undefined, 504],
    amqplib: [503, 502, 504],
  };
  for (const [name, [refused, broken, hung]] of Object.entries(statuses)) {
    for (const [server, status] of [
      ['refusing', refused],
      ['breaking', broken],
      ['hanging', hung],
    ]) {
      if (status !== undefined) {
        it(`${name}: ${server} is ${status}`, async () =>
          is(await mapped(() => clients[name](ports[server])), status));
      }
    }
  }
});

/** The environment variables that name a server, and what clients of it throw becomes. */
const servers = {
  TEST_REDIS_URL: {
    redis: { 'a client that is closed': 503 },
    ioredis: { 'a client that is closed': 503 },
    BullMQ: { 'a job that nobody does': 504 },
  },
  TEST_NATS_URL: {
    '@nats-io': { 'nobody there': 503, 'no answer': 504, 'a client that is closed': 503 },
    nats: { 'nobody there': 503, 'no answer': 504, 'a client that is closed': 503 },
  },
  TEST_AMQP_URL: {
    amqplib: { 'a channel that is closed': 503 },
  },
};

for (const [variable, faults] of Object.entries(servers)) {
  const url = process.env[variable];
  const skip = url ? false : `${variable} names none`;
  describe(`with the server that ${variable} names`, () => {
    for (const [name, statuses] of Object.entries(faults)) {
      for (const [fault, status] of Object.entries(statuses)) {
        it(`${name}: ${fault} is ${status}`, { skip }, async () =>
          is(await mapped(() => connected[name][fault](url)), status),
        );
      }
    }
  });
}

describe('what is none of an upstream', () => {
  it('is left alone', async () => {
    is(await mapped(() => Promise.reject(new Error('a bug'))), 500);
    const own = await mapped(() => Promise.reject(new ResourceNotExistException('BOOK')));
    assert.equal(own.status, 404);
  });

  it("an exception of the application's stays, whatever caused it", async () => {
    const { status } = await mapped(async () => {
      try {
        await httpClients.fetch(urlOf('refusing'));
      } catch (cause) {
        throw new ResourceNotExistException('BOOK', { cause });
      }
    });
    assert.equal(status, 404);
  });

  it('nothing of an answer reaches the caller, as the servers told something', async () => {
    const response = await fetch(urlOf('answering', '404'));
    assert.ok((await response.text()).includes(SECRET));
  });
});
