import { Body, Controller, Get, Param, ParseIntPipe, Post } from '@nestjs/common';
import { IsInt } from 'class-validator';
import { DeletedException, ErrorsModule, Throws } from 'nestjs-api-errors';
import { errorCoverage } from 'nestjs-api-errors/testing';
import { platforms, startApp } from '../../../support/platforms.js';

class NewBook {
  @IsInt() pages: number;
}

@Controller('books')
class BooksController {
  @Get('latest') latest() {
    throw new Error('A bug.');
  }
  @Get(':id')
  @Throws(DeletedException)
  find(@Param('id', ParseIntPipe) id: number) {
    if (id === 1) {
      throw new DeletedException();
    }
    return {};
  }
  @Post() add(@Body() book: NewBook) {
    return book;
  }
}

describe.each(platforms)('errorCoverage on %s', (platform) => {
  const start = () =>
    startApp(
      platform,
      { imports: [ErrorsModule], controllers: [BooksController] },
      { setUp: (app) => void app.setGlobalPrefix('api') },
    );

  it('lists what no request was answered with, and takes note of what one was', async () => {
    const { app, url, close } = await start();
    const coverage = errorCoverage(app);
    expect(coverage.missing).toEqual(coverage.declared);
    expect(coverage.percent).toBe(0);
    const find = (code: string, status: number) => ({
      operation: 'GET /api/books/{id}',
      status,
      code,
    });
    expect(coverage.missing).toContainEqual(find('INVALID_PARAMETER', 400));
    expect(coverage.missing).toContainEqual(find('DELETED', 410));

    await fetch(`${url}/api/books/1?x=1`);
    await fetch(`${url}/api/books/x`, { method: 'HEAD' });
    await fetch(`${url}/api/books/latest`);
    expect(coverage.missing.filter(({ operation }) => operation.includes('GET'))).toEqual([
      find('INTERNAL_SERVER_ERROR', 500),
    ]);
    expect(coverage.percent).toBeGreaterThan(0);
    await close();
  });

  it('knows whose error it is that no handler was asked about', async () => {
    const { app, url, close } = await start();
    const coverage = errorCoverage(app);
    await fetch(`${url}/api/books?x=1`, {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    await fetch(`${url}/nowhere`, { method: 'POST' });
    const seen = coverage.declared.filter((answer) => !coverage.missing.includes(answer));
    expect(seen.map(({ operation, code }) => [operation, code])).not.toContain('NOT_FOUND');
    expect(coverage.declared.length - coverage.missing.length).toBe(1);
    expect(coverage.missing).not.toContainEqual(
      expect.objectContaining({ operation: 'POST /api/books', code: 'BAD_REQUEST' }),
    );
    await close();
  });

  it('has a table, and a threshold that shows it', async () => {
    const { app, url, close } = await start();
    const coverage = errorCoverage(app);
    expect(coverage.table()).toMatch(
      /^operation +status +code never seen\n-+ +-+ +-+\nGET \/api\/books\/latest +500 +INTERNAL_SERVER_ERROR\n/,
    );
    expect(() => coverage.check()).toThrow(
      /^0\.0 % of the declared errors were seen, and 100 % are asked for:\n\noperation/,
    );
    expect(() => coverage.check(0)).not.toThrow();
    await fetch(`${url}/api/books/latest`);
    expect(coverage.table()).not.toContain('/api/books/latest');
    await close();
  });
});

it('errorCoverage counts what one of several applications answered', async () => {
  const [express, fastify] = await Promise.all(
    platforms.map(([platform]) =>
      startApp(platform, { imports: [ErrorsModule], controllers: [BooksController] }),
    ),
  );
  const coverage = errorCoverage(express!.app, fastify!.app);
  const { length } = coverage.declared;
  await fetch(`${express!.url}/books/1`);
  await fetch(`${fastify!.url}/books/1`);
  await fetch(`${fastify!.url}/books/x`);
  expect(coverage.missing.length).toBe(length - 2);
  await Promise.all([express!.close(), fastify!.close()]);
});
