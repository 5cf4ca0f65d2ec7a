// One application under test: `node server.js <adapter> <app> <options as JSON>`, driven over IPC.
import 'reflect-metadata';
import process from 'node:process';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { startProfile } from './cpu-profile.js';

const [adapterName, appName, json] = process.argv.slice(2);
const options = JSON.parse(json);
const adapter = adapterName === 'express' ? new ExpressAdapter() : new FastifyAdapter();

const { rootModule, setUp } = await import(`./apps/${appName}.app.js`);
const app = await NestFactory.create(rootModule(options), adapter, {
  ...(!options.logger && { logger: false }),
});
await setUp?.(app, options);
await app.listen(0, '127.0.0.1');

const endProfile = options.profile && (await startProfile());

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ cpu: user + system });
});
process.on('disconnect', async () => {
  await endProfile?.(options.profile);
  process.exit();
});
process.send({ port: Number(new URL(await app.getUrl()).port) });
