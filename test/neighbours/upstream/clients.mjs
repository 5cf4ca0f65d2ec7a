import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
import grpc from '@grpc/grpc-js';
import { connect as connectNats } from '@nats-io/transport-node';
import { HttpService } from '@nestjs/axios';
import { connect as connectAmqp } from 'amqplib';
import axios from 'axios';
import { Queue, QueueEvents } from 'bullmq';
import { got } from 'got';
import { Redis } from 'ioredis';
import { connect as connectNats2 } from 'nats';
import { readError } from 'nestjs-api-errors/client';
import OpenAI from 'openai';
import { createClient } from 'redis';
import { firstValueFrom, timeout } from 'rxjs';
import { Agent, interceptors, request } from 'undici';

/** Short, as the server that it is for never answers. */
const SHORT = 100;

/** Clients of HTTP: each asks a URL, and throws what its users meet. */
export const httpClients = {
  fetch: async (url) => {
    const response = await fetch(url, { signal: AbortSignal.timeout(SHORT) });
    if (!response.ok) {
      throw response;
    }
  },
  'readError()': async (url) => {
    const response = await fetch(url, { signal: AbortSignal.timeout(SHORT) });
    throw await readError(response);
  },
  undici: (url) =>
    request(url, {
      dispatcher: new Agent({ headersTimeout: SHORT }).compose(interceptors.responseError()),
    }),
  axios: (url) => axios.get(url, { timeout: SHORT }),
  'axios with a signal': (url) => axios.get(url, { signal: AbortSignal.timeout(SHORT) }),
  '@nestjs/axios': (url) => firstValueFrom(new HttpService().get(url, { timeout: SHORT })),
  '@nestjs/axios, timed by rxjs': (url) =>
    firstValueFrom(new HttpService().get(url).pipe(timeout(SHORT))),
  got: (url) => got(url, { retry: { limit: 0 }, timeout: { request: SHORT } }),
  'AWS SDK': (url) =>
    new S3Client({
      region: 'local',
      endpoint: url,
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      forcePathStyle: true,
      maxAttempts: 1,
      requestHandler: { requestTimeout: SHORT, throwOnRequestTimeout: true },
    }).send(new GetObjectCommand({ Bucket: 'books', Key: 'dune' })),
  openai: (url) =>
    new OpenAI({ apiKey: 'none', baseURL: url, maxRetries: 0, timeout: SHORT }).models.list(),
};

async function using(client, use, close) {
  try {
    return await use(client);
  } finally {
    await Promise.resolve(close(client)).catch(() => {});
  }
}

const quiet = (client) => client.on('error', () => {});

/** Calls a method that takes and gives bytes. */
export function callGrpc(port, deadline = Date.now() + 20 * SHORT) {
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const bytes = (value) => value;
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      '/books.Books/Find',
      bytes,
      bytes,
      Buffer.from(''),
      { deadline },
      (error, found) => {
        client.close();
        return error ? reject(error) : resolve(found);
      },
    );
  });
}

/** Serves that method, and refuses each call with a status. */
export async function serveGrpc(code, metadata = {}) {
  const server = new grpc.Server();
  const bytes = (value) => value;
  const path = '/books.Books/Find';
  const find = {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  };
  const trailers = new grpc.Metadata();
  Object.entries(metadata).forEach(([name, value]) => trailers.set(name, value));
  server.addService(
    { find },
    { find: (_call, answer) => answer({ code, details: 'SECRET', metadata: trailers }) },
  );
  const port = await new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, close: () => server.forceShutdown() };
}

export const statusesOfGrpc = grpc.status;

/** Clients of other protocols at a port. */
export const clients = {
  redis: (port) =>
    using(
      quiet(
        createClient({
          url: `redis://127.0.0.1:${port}`,
          socket: { reconnectStrategy: false, connectTimeout: SHORT, socketTimeout: SHORT },
        }),
      ),
      (client) => client.connect(),
      (client) => client.isOpen && client.destroy(),
    ),
  ioredis: (port) =>
    using(
      quiet(
        new Redis({
          host: '127.0.0.1',
          port,
          maxRetriesPerRequest: 0,
          retryStrategy: () => null,
          commandTimeout: SHORT,
        }),
      ),
      (client) => client.get('dune'),
      (client) => client.disconnect(),
    ),
  BullMQ: (port) =>
    using(
      quiet(
        new Queue('books', {
          connection: {
            host: '127.0.0.1',
            port,
            maxRetriesPerRequest: 0,
            retryStrategy: () => null,
          },
          skipVersionCheck: true,
        }),
      ),
      (queue) => queue.add('print', {}),
      (queue) => queue.disconnect(),
    ),
  '@nats-io': (port) =>
    connectNats({ servers: `127.0.0.1:${port}`, reconnect: false, timeout: SHORT }),
  nats: (port) => connectNats2({ servers: `127.0.0.1:${port}`, reconnect: false, timeout: SHORT }),
  amqplib: (port) => connectAmqp(`amqp://127.0.0.1:${port}`, { timeout: SHORT }),
};

/** Either client of NATS. */
const ofNats = (connect) => ({
  'nobody there': async (servers) =>
    using(
      await connect({ servers }),
      (client) => client.request('books.nobody'),
      (client) => client.close(),
    ),
  'no answer': async (servers) =>
    using(
      await connect({ servers }),
      async (client) => {
        client.subscribe('books.slow', { callback() {} });
        await client.flush();
        await client.request('books.slow', undefined, { timeout: SHORT });
      },
      (client) => client.close(),
    ),
  'a client that is closed': async (servers) => {
    const client = await connect({ servers });
    await client.close();
    client.publish('books');
  },
});

/** What clients throw that are connected to a server that works. */
export const connected = {
  redis: {
    'a client that is closed': (url) =>
      using(
        quiet(createClient({ url })),
        async (client) => {
          await client.connect();
          await client.close();
          await client.get('dune');
        },
        () => {},
      ),
  },
  ioredis: {
    'a client that is closed': (url) =>
      using(
        quiet(new Redis(url)),
        async (client) => {
          await client.quit();
          await client.get('dune');
        },
        () => {},
      ),
  },
  BullMQ: {
    'a job that nobody does': async (url) => {
      const connection = { url };
      const queue = quiet(new Queue(`books-${process.pid}`, { connection }));
      const events = quiet(new QueueEvents(queue.name, { connection }));
      return using(
        await queue.add('print', {}),
        (job) => job.waitUntilFinished(events, SHORT),
        async () => {
          await events.close();
          await queue.obliterate({ force: true });
          await queue.close();
        },
      );
    },
  },
  '@nats-io': ofNats(connectNats),
  nats: ofNats(connectNats2),
  amqplib: {
    'a channel that is closed': async (url) => {
      const connection = await connectAmqp(url);
      const channel = await connection.createChannel();
      await connection.close();
      channel.publish('', 'books', Buffer.from(''));
    },
  },
};
