import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { isError } from '../../contract/exceptions/is-error.js';
import { UsageError } from './usage.error.js';

/** What an application is made of, or is. @internal */
export type Root = Type | DynamicModule | INestApplication;

/**
 * The root module of an entry, or its application: the default export, `AppModule`, or the only
 * export. A promise and a function stand for what they give.
 *
 * @throws UsageError where there is none, or the entry cannot be loaded.
 * @internal
 */
export async function loadRoot(entry: string): Promise<Root> {
  const exported = rootOf(await importEntry(entry));
  const root: unknown = isPlainFunction(exported) ? await exported() : await exported;
  if (!isRoot(root)) {
    throw new UsageError(
      `${entry} exports neither a default nor AppModule, and no other module alone; name the file ` +
        'of the root module, such as dist/app.module.js, not the one that starts the server',
    );
  }
  return root;
}

async function importEntry(entry: string): Promise<object> {
  try {
    return (await import(pathToFileURL(resolve(entry)).href)) as object;
  } catch (error) {
    throw new UsageError(`${entry}: ${isError(error) ? error.message : String(error)}`);
  }
}

/** Of CommonJS, what is imported as `default` are the exports themselves. */
function rootOf(names: object): unknown {
  const { default: main, AppModule } = names as { default?: unknown; AppModule?: unknown };
  if (isExports(main) && main !== names) {
    return rootOf(main);
  }
  const [only, ...others] = Object.values(names) as unknown[];
  return main ?? AppModule ?? (others.length === 0 ? only : undefined);
}

function isExports(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !('then' in value) && !isRoot(value);
}

function isRoot(value: unknown): value is Root {
  return (
    typeof value === 'function' ||
    (typeof value === 'object' &&
      value !== null &&
      ('module' in value || 'getHttpAdapter' in value))
  );
}

/** A class cannot be called: its prototype is not writable. */
function isPlainFunction(value: unknown): value is () => unknown {
  return (
    typeof value === 'function' &&
    Object.getOwnPropertyDescriptor(value, 'prototype')?.writable !== false
  );
}
