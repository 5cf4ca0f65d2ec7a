import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule,
    new FastifyAdapter({
      bodyLimit: 100_000,
    }),
    { logger: ['error', 'warn'] },
  );
  await app.listen(0, '127.0.0.1');
  console.log(await app.getUrl());
}

void bootstrap();
