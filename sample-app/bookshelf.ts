import type { INestApplication, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { type Config, HOST } from './config.js';
import { serveDocs } from './docs.js';

/** Starts the API, with the authorization server and the database that the configuration names. */
export async function startBookshelf(
  config: Config,
  options: NestApplicationOptions = {},
): Promise<INestApplication> {
  const adapter = config.httpAdapter === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(AppModule.forRoot(config), adapter, {
    abortOnError: false,
    ...options,
  });
  serveDocs(app);
  await app.listen(config.port, HOST);
  return app;
}
