import { NestFactory } from '@nestjs/core';
import { AppModule } from './talkative.mjs';

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(0, '127.0.0.1');
