import { NestFactory } from '@nestjs/core';
import { AppModule } from './shop.module.js';

/** An entry that knows what `main.ts` sets. */
export default async function makeApplication() {
  const app = await NestFactory.create(AppModule, { logger: false });
  app.setGlobalPrefix('api');
  return app;
}
