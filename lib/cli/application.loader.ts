import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { isError } from '../mapping/is-error.js';
import { UsageError } from './usage.error.js';

type Root = Type | DynamicModule | INestApplication;

/**
 * Makes the application of an entry module and hands it to `use`. It is made as far as dependency
 * injection goes: providers exist, as their options decide what is documented, but no lifecycle hook
 * runs and nothing listens. What connects to a server while it is being made, rather than in
 * `onModuleInit()`, does so here too.
 *
 * @throws UsageError where there is no application in it.
 * @internal
 */
export async function withApplication<Result>(
  entry: string,
  use: (app: INestApplication) => Result | Promise<Result>,
): Promise<Result> {
  const app = await makeApplication(await importRoot(entry), entry);
  try {
    return await use(app);
  } finally {
    await app.close();
  }
}

async function importRoot(entry: string): Promise<Root> {
  const names = await importEntry(entry);
  const exported = names['default'] ?? names['AppModule'];
  const root: unknown = isPlainFunction(exported) ? await exported() : exported;
  if (typeof root !== 'function' && (typeof root !== 'object' || root === null)) {
    throw new UsageError(`${entry} exports neither a default nor AppModule`);
  }
  return root as Root;
}

async function importEntry(entry: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(resolve(entry)).href)) as Record<string, unknown>;
  } catch (error) {
    throw new UsageError(`${entry}: ${isError(error) ? error.message : String(error)}`);
  }
}

/** A class cannot be called: its prototype is not writable. */
function isPlainFunction(value: unknown): value is () => unknown {
  return (
    typeof value === 'function' &&
    Object.getOwnPropertyDescriptor(value, 'prototype')?.writable !== false
  );
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
