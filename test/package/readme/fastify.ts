import { FastifyAdapter } from '@nestjs/platform-fastify';
import { fastifyErrorOptions } from 'nestjs-api-errors';

/** An adapter made as the README says. */
export function fastifyAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({ ...fastifyErrorOptions(), bodyLimit: 1_000_000 });
  return adapter;
}
