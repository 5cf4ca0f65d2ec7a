import 'reflect-metadata';
import assert from 'node:assert/strict';
import { after } from 'node:test';
import {
  Controller,
  type INestApplication,
  type LoggerService,
  Module,
  Post,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ErrorsModule,
  InvalidResourceException,
  ResourceAlreadyExistException,
  ResourceNotExistException,
} from 'nestjs-api-errors';
import { databaseErrors } from 'nestjs-api-errors/mappers';

const BOOK_EXISTS = ResourceAlreadyExistException.for('BOOK');
const NO_BOOK = ResourceNotExistException.for('BOOK');

/** One application, whichever database it has: each names the constraints its own way. */
export const database = databaseErrors({
  constraints: {
    // PostgreSQL and foreign keys of MariaDB
    books_pkey: BOOK_EXISTS,
    loans_book_fk: NO_BOOK,
    books_pages_check: {
      exception: InvalidResourceException.for('BOOK'),
      description: 'A book has pages.',
    },
    // MariaDB, MySQL and SQLite
    PRIMARY: BOOK_EXISTS,
    'books.isbn': BOOK_EXISTS,
  },
  // Nobody listens at 1 and 2: the one is a database’s port here, the other is not
  ports: [5432, 1],
});

/** What a caller may read at all: rows of the catalogue, and the sentence above. */
const BODIES = new Set(
  [
    ['BOOK_ALREADY_EXIST', 'The resource already exists.'],
    ['BOOK_NOT_EXIST', 'The requested resource does not exist.'],
    ['INVALID_BOOK', 'A book has pages.'],
    ['ALREADY_EXIST', 'The resource already exists.'],
    ['CONFLICT', 'The request conflicts with the current state of the resource.'],
    ['NOT_FOUND', 'The requested resource was not found.'],
    ['LIMIT_EXCEEDED', 'The size of a parameter or property is outside its limits.'],
    ['OUT_OF_RANGE', 'A parameter or property is outside its allowed range.'],
    ['INVALID_PARAMETER', 'A parameter has the wrong format or content.'],
    ['INTERNAL_SERVER_ERROR', 'The server failed to process the request.'],
    ['SERVICE_UNAVAILABLE', 'The server is temporarily unable to process the request.'],
  ].map(([code, description]) => JSON.stringify({ code, description })),
);

let work: () => Promise<unknown>;
let thrown: unknown;

@Controller()
class WorkController {
  @Post()
  async run(): Promise<void> {
    try {
      await work();
    } catch (error) {
      thrown = error;
      throw error;
    }
  }
}

@Module({
  imports: [ErrorsModule.forRoot({ mappers: [database] })],
  controllers: [WorkController],
})
class AppModule {}

const logged: string[] = [];
const note = (...texts: unknown[]) => void logged.push(texts.map(String).join(' '));
const logger: LoggerService = { log: () => {}, debug: note, warn: note, error: note };

let app: Promise<INestApplication> | undefined;

async function start(): Promise<INestApplication> {
  const started = await NestFactory.create(AppModule, { logger, abortOnError: false });
  await started.listen(0, '127.0.0.1');
  return started;
}

/** What was answered, in one line, and what the log has of it. */
export interface Became {
  readonly answer: string;
  readonly log: string;
}

/**
 * What a request becomes whose handler does this, over a real socket. Asserts of every answer that it
 * is one of those that a caller may read.
 */
export async function became(act: () => Promise<unknown>): Promise<Became> {
  app ??= start();
  work = act;
  logged.length = 0;
  thrown = undefined;
  // A connection of its own: PGlite starts for longer than the server keeps one
  const headers = { connection: 'close' };
  const response = await fetch(await (await app).getUrl(), { method: 'POST', headers });
  const body = await response.text();
  if (response.ok) {
    return { answer: 'no error', log: '' };
  }
  assert.ok(BODIES.has(body), `${body} is no row of the catalogue`);
  const retryAfter = response.headers.get('retry-after');
  assert.equal(
    /^[15]$/.test(String(retryAfter)),
    response.status === 503,
    `Retry-After: ${retryAfter}`,
  );
  const { code } = JSON.parse(body) as { code: string };
  const log = logged.join('\n');
  assert.ok(log.includes(lineOf(thrown)), `${lineOf(thrown)} is not in the log:\n${log}`);
  return { answer: `${response.status} ${code}`, log };
}

/** What nobody but the driver, or the ORM, can have said. */
function lineOf(error: unknown): string {
  const lines = (error as Error).message.split('\n').map((line) => line.trim());
  return (lines.find((line) => line !== '') ?? '').slice(0, 60);
}

after(async () => {
  await (await app)?.close();
});
