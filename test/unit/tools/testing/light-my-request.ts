import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { jest } from '@jest/globals';

/*
 * Fastify's inject() needs light-my-request, which is CommonJS and requires cookie, an ES module.
 * Node does that from 20.19 on, Jest from Node 24.9 on.
 */
const require = createRequire(import.meta.url);
const cookie = createRequire(require.resolve('light-my-request')).resolve('cookie');
const names = (await import(pathToFileURL(cookie).href)) as object;

jest.doMock(cookie, () => names);
