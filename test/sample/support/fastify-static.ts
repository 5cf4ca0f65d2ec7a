import { jest } from '@jest/globals';
import * as contentDisposition from 'content-disposition';

/*
 * Swagger UI on Fastify needs @fastify/static, which is CommonJS and requires content-disposition,
 * an ES module. Node does that from 20.19 on, Jest from Node 24.9 on.
 */
jest.doMock('content-disposition', () => contentDisposition);
