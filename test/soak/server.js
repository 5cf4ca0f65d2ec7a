// The application of the soak: `node --expose-gc server.js <adapter>`, driven over IPC.
import 'reflect-metadata';
import process from 'node:process';
import { Body, Controller, Get, HttpException, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IsString } from 'class-validator';
import {
  ErrorsModule,
  fastifyErrorOptions,
  NotFoundException,
  UnauthorizedException,
} from 'nestjs-api-errors';

class TitleDto {}
Reflect.defineMetadata('design:type', String, TitleDto.prototype, 'title');
IsString()(TitleDto.prototype, 'title');

class MixedController {
  ours() {
    throw new NotFoundException();
  }
  nests() {
    throw new HttpException('Busy.', 409);
  }
  unauthorized() {
    throw new UnauthorizedException();
  }
  fault() {
    throw new Error('a fault');
  }
  text() {
    throw 'text';
  }
  create() {
    return {};
  }
}

const route = (decorator, name) =>
  decorator(
    MixedController.prototype,
    name,
    Object.getOwnPropertyDescriptor(MixedController.prototype, name),
  );
for (const name of ['ours', 'nests', 'unauthorized', 'fault', 'text']) {
  route(Get(name), name);
}
Reflect.defineMetadata('design:paramtypes', [TitleDto], MixedController.prototype, 'create');
Body()(MixedController.prototype, 'create', 0);
route(Post('create'), 'create');
Controller()(MixedController);

let reported = 0;
class RootModule {}
Module({
  imports: [ErrorsModule.forRoot({ undeclared: 'ignore', onError: () => void (reported += 1) })],
  controllers: [MixedController],
})(RootModule);

let faults = 0;
process.on('unhandledRejection', () => (faults += 1));
process.on('uncaughtException', () => (faults += 1));
process.on('warning', () => (faults += 1));

const adapter =
  process.argv[2] === 'fastify' ? new FastifyAdapter(fastifyErrorOptions()) : new ExpressAdapter();
const app = await NestFactory.create(RootModule, adapter, { logger: false });
await app.listen(0, '127.0.0.1');
const server = app.getHttpServer();

process.on('message', async () => {
  await new Promise((resolve) => setTimeout(resolve, 500));
  globalThis.gc();
  globalThis.gc();
  server.getConnections((_error, connections) => {
    process.send({ reported, faults, connections, heap: process.memoryUsage().heapUsed });
  });
});
process.on('disconnect', () => process.exit());
process.send({ port: Number(new URL(await app.getUrl()).port) });
