import 'reflect-metadata';
import { afterEach } from 'node:test';
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
import {
  type ErrorReport,
  ErrorsModule,
  type ErrorsModuleOptions,
  fastifyErrorOptions,
  InvalidTokenException,
  type TokenVerifier,
  verifiedToken,
} from 'nestjs-api-errors';

const adapters = {
  express: () => new ExpressAdapter(),
  fastify: () => new FastifyAdapter(fastifyErrorOptions()),
};
export type Platform = keyof typeof adapters;

class CollectingLogger implements LoggerService {
  readonly lines: string[] = [];
  log(): void {}
  warn = (...texts: unknown[]): void => void this.lines.push(texts.map(String).join(' '));
  error = this.warn;
  debug = this.warn;
}

/** `reader` may read, `writer` may write too; whoever else comes is refused. */
export const verifier: TokenVerifier = {
  verify(token) {
    const scopes: Record<string, string> = {
      reader: 'books.read',
      writer: 'books.read books.write',
    };
    const scope = scopes[token];
    if (scope === undefined) {
      throw new InvalidTokenException();
    }
    return verifiedToken({ sub: token, scope });
  },
};

export interface Running {
  readonly app: INestApplication;
  readonly url: string;
  /** What was logged, a text for each line. */
  readonly log: readonly string[];
  /** What `onError` was told. */
  readonly told: readonly ErrorReport[];
}

const open = new Set<INestApplication>();
afterEach(async () => {
  await Promise.all([...open].map((app) => app.close()));
  open.clear();
});

/** Starts an application of some modules on a port of its own on the loopback interface. */
export async function start(
  { options = {}, ...metadata }: ModuleMetadata & { options?: Partial<ErrorsModuleOptions> },
  platform: Platform = 'express',
  setUp: (app: INestApplication) => void = () => {},
): Promise<Running> {
  const told: ErrorReport[] = [];
  const errors = ErrorsModule.forRoot({
    bearer: { realm: 'books', verifier },
    onError: (report) => void told.push(report),
    ...options,
  });
  const logger = new CollectingLogger();
  const app = await NestFactory.create(
    made({ ...metadata, imports: [errors, ...(metadata.imports ?? [])] }),
    adapters[platform](),
    { logger, abortOnError: false },
  );
  setUp(app);
  open.add(app);
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl(), log: logger.lines, told };
}

/** A root module of the given metadata. */
function made(metadata: ModuleMetadata): Type {
  class RootModule {}
  Module(metadata)(RootModule);
  return RootModule;
}

/** Resolves once something holds. */
export async function eventually(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 5000; !holds() && Date.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
