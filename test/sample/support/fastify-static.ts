import { jest } from '@jest/globals';

/*
 * @fastify/static, which Swagger UI needs on Fastify, requires an ES module. Node does that from
 * 20.19 on, Jest from Node 24.9 on; Node's own loader is asked in its place.
 */
const native = process.getBuiltinModule('node:module').createRequire(import.meta.url);
jest.unstable_mockModule('@fastify/static', () => ({
  default: native('@fastify/static') as unknown,
}));
