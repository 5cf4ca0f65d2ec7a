import 'reflect-metadata';
import { measured } from './measured.js';

await measured(async () => {
  await import('@nestjs/common');
  await import('@nestjs/core');
  await import('@nestjs/platform-express');
});
