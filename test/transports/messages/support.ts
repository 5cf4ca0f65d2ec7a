import 'reflect-metadata';
import { join } from 'node:path';
import { createServer } from 'node:net';
import type { LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  type ClientGrpcProxy,
  type ClientProxy,
  ClientProxyFactory,
  type MicroserviceOptions,
  Transport,
} from '@nestjs/microservices';

/** Of nobody else on a broker. */
export const own = `t${process.pid}x${Date.now()}`;

/** A pattern, subject, channel or topic of this process alone. */
export const pattern = (name: string): string => `${own}.${name}`;

/** A transport, or why it is skipped. */
export interface TestedTransport {
  readonly name: string;
  readonly skip: string | false;
  options(port: number): MicroserviceOptions;
}

/** `@types` of brokers' clients differ by version: what is given is what each of them takes. */
const options = (given: object): MicroserviceOptions => given as MicroserviceOptions;

function broker(
  name: string,
  variable: string,
  make: (url: string) => MicroserviceOptions,
): TestedTransport {
  const url = process.env[variable];
  return { name, skip: url ? false : `${variable} names no server`, options: () => make(url!) };
}

export const transports: readonly TestedTransport[] = [
  {
    name: 'TCP',
    skip: false,
    options: (port) => ({ transport: Transport.TCP, options: { host: '127.0.0.1', port } }),
  },
  broker('Redis', 'TEST_REDIS_URL', (url) => {
    const { hostname, port } = new URL(url);
    return options({ transport: Transport.REDIS, options: { host: hostname, port: Number(port) } });
  }),
  broker('NATS', 'TEST_NATS_URL', (url) =>
    options({ transport: Transport.NATS, options: { servers: [url] } }),
  ),
  broker('RabbitMQ', 'TEST_AMQP_URL', (url) =>
    options({
      transport: Transport.RMQ,
      options: { urls: [url], queue: own, queueOptions: { durable: false, autoDelete: true } },
    }),
  ),
  broker('MQTT', 'TEST_MQTT_URL', (url) => options({ transport: Transport.MQTT, options: { url } })),
];

/** Compiled below the folder that the proto is in. */
export const protoPath = join(process.cwd(), 'library.proto');

export const grpcOptions = (port: number): MicroserviceOptions =>
  options({
    transport: Transport.GRPC,
    options: { package: 'library.v1', protoPath, url: `127.0.0.1:${port}` },
  });

export const messageClient = (given: MicroserviceOptions): ClientProxy =>
  ClientProxyFactory.create(given as never) as unknown as ClientProxy;
export const grpcClient = (port: number): ClientGrpcProxy =>
  ClientProxyFactory.create(grpcOptions(port) as never) as unknown as ClientGrpcProxy;

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Keeps what is logged, a text for each line. */
export class CollectingLogger implements LoggerService {
  readonly lines: string[] = [];
  log(): void {}
  debug(): void {}
  verbose(): void {}
  warn = (...texts: unknown[]): void => void this.lines.push(texts.map(String).join(' '));
  error = this.warn;
  fatal = this.warn;
}

/** Starts a microservice that is nothing else. */
export async function startService(module: Type, given: MicroserviceOptions) {
  const logger = new CollectingLogger();
  const app = await NestFactory.createMicroservice(module, {
    ...given,
    logger,
    abortOnError: false,
  } as never);
  await app.listen();
  return { app, log: logger.lines };
}

/** Waits for what happens soon. */
export async function eventually(happened: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !happened(); tries += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
