import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fastifyErrorOptions } from 'nestjs-api-errors';

export const fastifyAdapter = () =>
  new FastifyAdapter({ ...fastifyErrorOptions(), bodyLimit: 1_000_000 });
