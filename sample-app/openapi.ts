import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';
import { buildDocument } from './docs.js';

/*
 * Prints the OpenAPI document of the API, as /docs-json serves it. Nothing listens, and nothing is
 * asked for: no database, no authorization server.
 */

const config = { ...(await loadConfig(process.env)), offline: true };
const app = await NestFactory.create(AppModule.forRoot(config), {
  abortOnError: false,
  logger: false,
});
process.stdout.write(`${JSON.stringify(buildDocument(app), null, 2)}\n`);
