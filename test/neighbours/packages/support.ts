import 'reflect-metadata';
import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';
import {
  type INestApplication,
  type LoggerService,
  Module,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ErrorsModule, fastifyErrorOptions } from 'nestjs-api-errors';

const adapters = {
  express: () => new ExpressAdapter(),
  fastify: () => new FastifyAdapter(fastifyErrorOptions()),
};
export type Platform = keyof typeof adapters;

/** The cases of a neighbour, on either adapter. */
export function onEachAdapter(title: string, cases: (platform: Platform) => void): void {
  for (const platform of Object.keys(adapters) as Platform[]) {
    describe(`${title}, on ${platform}`, () => cases(platform));
  }
}

/** What was answered. */
export interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

export interface Running {
  readonly app: INestApplication;
  /** What was logged, a text for each line. */
  readonly log: readonly string[];
  ask(path: string, init?: RequestInit): Promise<Answered>;
}

class CollectingLogger implements LoggerService {
  readonly lines: string[] = [];
  log(): void {}
  warn = (...texts: unknown[]): void => void this.lines.push(texts.map(String).join(' '));
  error = this.warn;
  debug = this.warn;
}

const open = new Set<INestApplication>();
afterEach(async () => {
  await Promise.all([...open].map((app) => app.close()));
  open.clear();
});

/** Starts an application on a port of its own on the loopback interface. */
export async function start(
  module: Type,
  platform: Platform,
  setUp: (app: INestApplication) => void = () => {},
): Promise<Running> {
  const logger = new CollectingLogger();
  const app = await NestFactory.create(module, adapters[platform](), {
    logger,
    abortOnError: false,
  });
  setUp(app);
  open.add(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const ask = async (path: string, init?: RequestInit): Promise<Answered> => {
    const { status, headers, ...response } = await read(await fetch(`${url}${path}`, init));
    return { status, headers, ...response };
  };
  return { app, log: logger.lines, ask };
}

async function read(response: Response): Promise<Answered> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body = (isJson ? JSON.parse(text) : { text }) as Record<string, unknown>;
  return { status: response.status, body, headers: response.headers };
}

/** The same application without this library, which it or what it imports has. */
export function withoutErrors(module: Type): Type {
  const metadata = Object.fromEntries(
    ['imports', 'controllers', 'providers'].map((key) => [
      key,
      (Reflect.getMetadata(key, module) as unknown[] | undefined) ?? [],
    ]),
  ) as Required<ModuleMetadata>;
  const imports = metadata.imports
    .filter((one) => one !== ErrorsModule && (one as { module?: unknown }).module !== ErrorsModule)
    .map((one) => (isApplication(one) ? withoutErrors(one) : one));
  return made({ ...metadata, imports });
}

/** That of a recipe, which a test has something beside. */
function isApplication(module: unknown): module is Type {
  return (module as { name?: unknown }).name === 'AppModule';
}

/** A root module of the given metadata. */
export function made(metadata: ModuleMetadata): Type {
  class RootModule {}
  Module(metadata)(RootModule);
  return RootModule;
}

/** The time of day, and what is left of a time. */
const NEW_EACH_TIME = /^date$|reset/;

/** What a request that succeeds is answered, but for what is new each time. */
export async function succeeded(
  { ask }: Running,
  path: string,
  init?: RequestInit,
): Promise<Omit<Answered, 'headers'> & { headers: [string, string][] }> {
  const { status, body, headers } = await ask(path, init);
  assert.ok(status < 400, `${path} was answered ${status} ${JSON.stringify(body)}`);
  return { status, body, headers: [...headers].filter(([name]) => !NEW_EACH_TIME.test(name)) };
}

/** Asserts that this library changes and says nothing of requests that succeed. */
export async function changesNothing(
  module: Type,
  platform: Platform,
  ...requests: readonly [string, RequestInit?][]
): Promise<void> {
  const answers = [];
  for (const each of [module, withoutErrors(module)]) {
    const running = await start(each, platform);
    const found = [];
    for (const [path, init] of requests) {
      found.push(await succeeded(running, path, init));
    }
    answers.push(found);
    // Which is told at the start, as its own test says
    const told = running.log.filter((line) => !line.includes('SentryGlobalFilter'));
    assert.deepEqual(told, []);
  }
  assert.deepEqual(answers[0], answers[1]);
}

export const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** Asserts what a request is answered. */
export function isAnswered({ status, body }: Answered, expected: [number, unknown]): void {
  assert.deepEqual([status, body], expected);
}
