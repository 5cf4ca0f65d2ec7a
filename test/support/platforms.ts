import type { Server } from 'node:http';
import type { INestApplication, LoggerService, ModuleMetadata, Type } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fastifyErrorOptions } from 'nestjs-api-errors';
import { rootModule } from './root-module.js';

/** The adapters that every HTTP case runs on. */
export const platforms = [
  ['express', () => new ExpressAdapter()],
  ['fastify', () => new FastifyAdapter(fastifyErrorOptions())],
] as const satisfies readonly (readonly [string, () => AbstractHttpAdapter])[];

export type PlatformName = (typeof platforms)[number][0];

export interface RunningApp {
  readonly app: INestApplication;
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface AppOptions {
  /** Silent unless given; `'default'` is what an application has that says nothing of it. */
  readonly logger?: LoggerService | false | 'default';
  /** Runs before the application is initialised. */
  readonly setUp?: (app: INestApplication) => void | Promise<void>;
  readonly adapter?: () => AbstractHttpAdapter;
  /** One that is free; any, unless the application has to know it before it listens. */
  readonly port?: number;
}

const open = new Set<INestApplication>();

// A test that fails before it closes what it started must not keep the process alive
afterAll(() => Promise.all([...open].map((app) => app.close())));

/**
 * On a busy machine a server that closes a connection that stood idle for Node's five seconds meets the
 * client's next request on it.
 */
export function keepConnections(app: INestApplication): void {
  (app.getHttpServer() as Server).keepAliveTimeout = 60_000;
}

/** Starts an application on a port of its own on the loopback interface. */
export async function startApp(
  platform: PlatformName,
  module: ModuleMetadata | Type,
  { logger = false, setUp, adapter, port = 0 }: AppOptions = {},
): Promise<RunningApp> {
  const make = adapter ?? platforms.find(([name]) => name === platform)![1];
  const root = typeof module === 'function' ? module : rootModule(module);
  const app = await NestFactory.create(root, make(), {
    ...(logger !== 'default' && { logger }),
    abortOnError: false,
  });
  await setUp?.(app);
  await app.listen(port, '127.0.0.1');
  keepConnections(app);
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  open.add(app);
  const close = () => {
    open.delete(app);
    return app.close();
  };
  return { app, url, port: Number(new URL(url).port), close };
}
