// The application of the hostile soak: `node --expose-gc hostile.server.js <adapter> <issuer>`, driven
// over IPC.
import 'reflect-metadata';
import process from 'node:process';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IsString } from 'class-validator';
import { ErrorsModule, fastifyErrorOptions, NotFoundException, Public } from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { AUDIENCE } from '../bench/issuer.js';

const [, , platform, issuer] = process.argv;

class TitleDto {}
Reflect.defineMetadata('design:type', String, TitleDto.prototype, 'title');
IsString()(TitleDto.prototype, 'title');

class ShelfController {
  open() {
    return { open: true };
  }
  missing() {
    throw new NotFoundException();
  }
  guarded() {
    return { guarded: true };
  }
  create() {
    return { created: true };
  }
}

function route(decorator, name, ...more) {
  const { prototype } = ShelfController;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  for (const decorate of [decorator, ...more]) {
    decorate(prototype, name, descriptor);
  }
}
Reflect.defineMetadata('design:paramtypes', [TitleDto], ShelfController.prototype, 'create');
Body()(ShelfController.prototype, 'create', 0);
route(Get('open'), 'open', Public());
route(Get('missing'), 'missing', Public());
route(Get('guarded'), 'guarded');
route(Post('create'), 'create', Public());
Controller()(ShelfController);

class RootModule {}
Module({
  imports: [
    ErrorsModule.forRoot({
      undeclared: 'ignore',
      bearer: {
        global: true,
        dpop: { baseUrl: 'http://x' },
        verifier: new JwtTokenVerifier({ issuer, audience: AUDIENCE }),
      },
    }),
  ],
  controllers: [ShelfController],
})(RootModule);

let faults = 0;
for (const event of ['unhandledRejection', 'uncaughtException', 'warning']) {
  process.on(event, (fault) => {
    faults += 1;
    console.error(fault);
  });
}

const adapter =
  platform === 'fastify' ? new FastifyAdapter(fastifyErrorOptions()) : new ExpressAdapter();
const app = await NestFactory.create(RootModule, adapter, {
  logger: false,
  abortOnError: false,
});
const server = app.getHttpServer();
// What slow connections take is theirs for so long
server.headersTimeout = 2000;
await app.listen(0, '127.0.0.1');

process.on('message', () => {
  globalThis.gc();
  globalThis.gc();
  process.send({ faults, heap: process.memoryUsage().heapUsed });
});
process.on('disconnect', () => process.exit());
process.send({ port: server.address().port });
