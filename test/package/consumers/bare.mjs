import 'reflect-metadata';
import { deepStrictEqual, match, rejects, strictEqual } from 'node:assert/strict';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorsModule } from 'nestjs-api-errors';

/*
 * With nothing installed but what Nest itself needs: no class-validator, jose or @nestjs/swagger.
 */

function application(options) {
  class AppModule {}
  Module({ imports: [options ? ErrorsModule.forRoot(options) : ErrorsModule] })(AppModule);
  return NestFactory.create(AppModule, { logger: false, abortOnError: false });
}

for (const name of [
  'class-validator',
  'class-transformer',
  '@nestjs/swagger',
  '@opentelemetry/api',
]) {
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  await rejects(import(name), { code: 'ERR_MODULE_NOT_FOUND' });
}

for (const options of [undefined, { validation: false }]) {
  const app = await application(options);
  await app.listen(0, '127.0.0.1');
  const response = await fetch(`http://127.0.0.1:${app.getHttpServer().address().port}/nowhere`);
  strictEqual(response.status, 404);
  deepStrictEqual(await response.json(), {
    code: 'NOT_FOUND',
    description: 'The requested resource was not found.',
  });
  await app.close();
}

await rejects(
  async () => (await application({ validation: { whitelist: true } })).init(),
  (error) => {
    match(error.message, /npm install class-validator class-transformer/);
    match(error.message, /validation: false/);
    return true;
  },
);
