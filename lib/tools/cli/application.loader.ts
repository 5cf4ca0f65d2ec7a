import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { INestApplication } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { loadRoot, type Root } from './entry.loader.js';
import { refuseServers } from './servers.refusal.js';
import { UsageError } from './usage.error.js';

/**
 * Makes the application of an entry module and hands it to `use`. It is made as far as dependency
 * injection goes: providers exist, as their options decide what is documented, but no lifecycle hook
 * runs and nothing listens. What connects to a server while it is being made, rather than in
 * `onModuleInit()`, does so here too.
 *
 * @throws UsageError where there is no application in it, or it starts a server.
 * @internal
 */
export async function withApplication<Result>(
  entry: string,
  use: (app: INestApplication) => Result | Promise<Result>,
): Promise<Result> {
  return refuseServers(entry, async () => {
    const app = await makeApplication(await loadRoot(entry), entry);
    try {
      return await use(app);
    } finally {
      // Nest 11 runs the hooks of the end where it ran none of the beginning, and what they miss is
      // nothing that was asked for
      await app.close().catch(() => undefined);
    }
  });
}

async function makeApplication(root: Root, entry: string): Promise<INestApplication> {
  if ('getHttpAdapter' in root) {
    return root;
  }
  const options = { logger: false, abortOnError: false } as const;
  return NestFactory.create(root, await adapterFor(entry), options);
}

/** The adapter that the application has installed; where it has both, which one makes no difference. */
async function adapterFor(entry: string): Promise<AbstractHttpAdapter> {
  const require = createRequire(resolve(entry));
  for (const [name, adapter] of [
    ['@nestjs/platform-express', 'ExpressAdapter'],
    ['@nestjs/platform-fastify', 'FastifyAdapter'],
  ] as const) {
    let path: string;
    try {
      path = require.resolve(name);
    } catch {
      continue;
    }
    // oxlint-disable-next-line no-await-in-loop -- the first one found is the only one imported
    const { [adapter]: Adapter } = (await import(pathToFileURL(path).href)) as Record<
      string,
      new () => AbstractHttpAdapter
    >;
    return new Adapter!();
  }
  throw new UsageError(`${entry} finds neither @nestjs/platform-express nor platform-fastify`);
}
