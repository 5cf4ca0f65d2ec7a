import 'reflect-metadata';
import { dirname, join } from 'node:path';
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
  /** Status of a call that no handler is for: the service says so, its broker, or nobody. */
  readonly nobody: 502 | 503 | 504;
  options(port: number): MicroserviceOptions;
}

/** `@types` of brokers' clients differ by version: what is given is what each of them takes. */
const options = (given: object): MicroserviceOptions => given;

function broker(
  name: string,
  variable: string,
  nobody: TestedTransport['nobody'],
  make: (url: string) => MicroserviceOptions,
): TestedTransport {
  const url = process.env[variable];
  const skip = url ? false : `${variable} names no server`;
  return { name, skip, nobody, options: () => make(url ?? '') };
}

export const transports: readonly TestedTransport[] = [
  {
    name: 'TCP',
    skip: false,
    nobody: 502,
    options: (port) => ({ transport: Transport.TCP, options: { host: '127.0.0.1', port } }),
  },
  broker('Redis', 'TEST_REDIS_URL', 504, (url) => {
    const { hostname, port } = new URL(url);
    return options({ transport: Transport.REDIS, options: { host: hostname, port: Number(port) } });
  }),
  broker('NATS', 'TEST_NATS_URL', 503, (url) =>
    options({ transport: Transport.NATS, options: { servers: [url] } }),
  ),
  broker('RabbitMQ', 'TEST_AMQP_URL', 502, (url) =>
    options({
      transport: Transport.RMQ,
      options: { urls: [url], queue: own, queueOptions: { durable: false, autoDelete: true } },
    }),
  ),
  broker('MQTT', 'TEST_MQTT_URL', 504, (url) =>
    options({ transport: Transport.MQTT, options: { url } }),
  ),
];

/** The folder of what is compiled, in either module system; the sources are above it. */
export const built = dirname(process.argv[1]);
export const protoPath = join(built, '../library.proto');

export const grpcOptions = (port: number): MicroserviceOptions =>
  options({
    transport: Transport.GRPC,
    options: { package: 'library.v1', protoPath, url: `127.0.0.1:${port}` },
  });

export const messageClient = (given: MicroserviceOptions): ClientProxy =>
  ClientProxyFactory.create(given as never) as unknown as ClientProxy;
export const grpcClient = (port: number): ClientGrpcProxy =>
  ClientProxyFactory.create(grpcOptions(port) as never);

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What this process logged, a text for each line: Nest's logger is one for all applications. */
export const logged: string[] = [];

/** Keeps what is logged. */
export class CollectingLogger implements LoggerService {
  log(): void {}
  debug(): void {}
  verbose(): void {}
  warn = (...texts: unknown[]): void => void logged.push(texts.map(String).join(' '));
  error = this.warn;
  fatal = this.warn;
}

/** Starts a microservice that is nothing else. */
export async function startService(module: Type, given: MicroserviceOptions) {
  const app = await NestFactory.createMicroservice(module, {
    ...given,
    logger: new CollectingLogger(),
    abortOnError: false,
  } as never);
  await app.listen();
  return app;
}

/** Waits for what happens soon. */
export async function eventually(happened: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !happened(); tries += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
