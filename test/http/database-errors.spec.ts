import { Body, Controller, Inject, Module, Post } from '@nestjs/common';
import { PGlite } from '@electric-sql/pglite';
import * as fc from 'fast-check';
import {
  ErrorsModule,
  InvalidResourceException,
  ResourceAlreadyExistException,
  Throws,
} from 'nestjs-api-errors';
import { databaseErrors } from 'nestjs-api-errors/mappers';
import { documentErrors } from 'nestjs-api-errors/swagger';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { errorAnswer } from '../support/answers.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';

const database = databaseErrors({
  constraints: {
    books_pkey: ResourceAlreadyExistException.for('BOOK'),
    books_pages_check: InvalidResourceException.for('BOOK'),
  },
});

interface Book {
  readonly isbn: unknown;
  readonly title: unknown;
  readonly pages: unknown;
}

const QUERIES = Symbol('queries');

@Controller('books')
class BooksController {
  constructor(@Inject(QUERIES) private readonly queries: PGlite) {}

  @Post()
  @Throws(database.constraints.books_pkey, database.constraints.books_pages_check)
  async add(@Body() { isbn, title, pages }: Book): Promise<void> {
    // As a careless handler does: whatever a caller sent
    await this.queries.query('insert into books values ($1, $2, $3)', [isbn, title, pages]);
  }
}

let queries: PGlite;
beforeAll(async () => {
  queries = await PGlite.create();
  await queries.exec(`
    create table books (
      isbn varchar(13) constraint books_pkey primary key,
      title varchar(20) not null constraint books_title_key unique,
      pages int constraint books_pages_check check (pages > 0)
    );
    insert into books values ('1', 'One', 10);
  `);
});
afterAll(() => queries.close());

@Module({
  imports: [ErrorsModule.forRoot({ mappers: [database], undeclared: 'ignore' })],
  controllers: [BooksController],
  providers: [{ provide: QUERIES, useFactory: () => queries }],
})
class AppModule {}

const add = ({ url }: RunningApp, book: unknown) =>
  fetch(`${url}/books`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(book),
  });

describe.each(platforms.map(([name]) => name))('on %s', (platform) => {
  let running: RunningApp;
  const logged: string[] = [];
  beforeAll(async () => {
    const note = (...texts: unknown[]) => void logged.push(texts.map(String).join(' '));
    const logger = { log: () => {}, warn: note, error: note, debug: note };
    running = await startApp(platform, AppModule, { logger });
  });

  test.each([
    ['unique, declared', { isbn: '1', title: 'Another', pages: 1 }, '409 BOOK_ALREADY_EXIST'],
    ['unique', { isbn: '2', title: 'One', pages: 1 }, '409 ALREADY_EXIST'],
    ['check, declared', { isbn: '2', title: 'Two', pages: 0 }, '400 INVALID_BOOK'],
    ['text too long', { isbn: '2', title: 'Two '.repeat(9), pages: 1 }, '400 LIMIT_EXCEEDED'],
    ['number out of range', { isbn: '2', title: 'Two', pages: '7000000000' }, '400 OUT_OF_RANGE'],
    ['no number', { isbn: '2', title: 'Two', pages: 'SECRET' }, '400 INVALID_PARAMETER'],
    ['character that cannot be stored', { isbn: '2', title: '\0' }, '400 INVALID_PARAMETER'],
    ['not null', { isbn: '2', title: null }, '500 INTERNAL_SERVER_ERROR'],
  ])('%s', async (_, book, expected) => {
    const { status, code, body } = await errorAnswer(await add(running, book));
    expect(`${status} ${code}`).toBe(expected);
    expect(Object.keys(body)).toEqual(['code', 'description']);
  });

  test('the log has what the driver said', async () => {
    logged.length = 0;
    await add(running, { isbn: '1', title: 'Another', pages: 1 });
    expect(logged.join('\n')).toContain('violates unique constraint "books_pkey"');
  });

  test('no value of a request and no text of the driver is in an answer', async () => {
    const descriptions = new Set([
      'The resource already exists.',
      'The content of the resource is not valid.',
      'The size of a parameter or property is outside its limits.',
      'A parameter or property is outside its allowed range.',
      'A parameter has the wrong format or content.',
      'The server failed to process the request.',
    ]);
    const value = fc.oneof(
      fc.string({ maxLength: 40, unit: 'binary' }),
      fc.integer({ min: -1e12, max: 1e12 }),
      fc.constantFrom(null, '1', 'One', '\0', '\ud800', "'; drop table books", 'books_pkey'),
    );
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(value, value, value, async (isbn, title, pages) => {
        const response = await add(running, { isbn, title, pages });
        statuses.add(response.status);
        if (!response.ok) {
          const { body } = await errorAnswer(response);
          expect(Object.keys(body)).toEqual(['code', 'description']);
          expect(descriptions).toContain(body['description']);
        } else {
          await response.text();
        }
      }),
      { numRuns: 300 },
    );
    expect(statuses.has(400)).toBe(true);
  });
});

test('a route that declares its constraints has them in the document', async () => {
  const { app, close } = await startApp('express', AppModule);
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
  const responses = documentErrors(document, app).paths['/books']?.post?.responses ?? {};
  expect(JSON.stringify(responses['409'])).toContain('BookAlreadyExist');
  expect(JSON.stringify(responses['400'])).toContain('INVALID_BOOK');
  await close();
});
