import 'reflect-metadata';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, Get } from '@nestjs/common';
import { errorAnswer } from '../support/answers.js';
import { platforms, startApp } from '../support/platforms.js';
import { errors } from './docs/upstream/mapper.js';
import { CATALOGUE_URL, OrdersController } from './docs/upstream/pass-on.js';
import { order } from './docs/upstream/retries.js';
import { ShelfBusyException } from './docs/upstream/retryable.js';
import { blocksOf } from './readme-blocks.js';
import { sourcesOf, textOf } from './sources.js';

test('docs/upstream.md shows what runs here, and nothing else', () => {
  const sources = Object.values(sourcesOf('test/package/docs/upstream'));
  expect(blocksOf(textOf('docs/upstream.md'), 'ts').toSorted()).toEqual(sources.toSorted());
});

/** Answers `use` from a real server on the loopback interface. */
async function served<T>(listener: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

@Controller('shelves')
class ShelvesController {
  @Get() list(): never {
    throw new ShelfBusyException();
  }
}

describe.each(platforms)('docs/upstream.md, on %s', (platform) => {
  /** What an order is answered where the API of the books answers so. */
  const orderWhere = async (status: number, body: string, headers = {}) =>
    served(
      (_request, response) => response.writeHead(status, headers).end(body),
      async (url) => {
        const providers = [{ provide: CATALOGUE_URL, useValue: url }];
        const controllers = [OrdersController, ShelvesController];
        const app = await startApp(platform, { imports: [errors], controllers, providers });
        const answers = await Promise.all(
          ['orders/1', 'shelves'].map(async (path) =>
            errorAnswer(await fetch(`${app.url}/${path}`)),
          ),
        );
        await app.close();
        return answers;
      },
    );

  it.each([
    [404, '{"code":"BOOK_NOT_EXIST","description":"No such book."}', '404 BOOK_NOT_EXIST'],
    [404, '{"code":"NOT_FOUND","description":"Not here."}', '404 SHELF_NOT_EXIST'],
    [404, '<html>', '404 SHELF_NOT_EXIST'],
    [400, '{"code":"INVALID_PARAMETER","description":"No."}', '500 INTERNAL_SERVER_ERROR'],
    [500, '<html>', '502 BAD_GATEWAY'],
    [429, '<html>', '503 SERVICE_UNAVAILABLE'],
  ])('an answer of %i %s is passed on or not', async (status, body, expected) => {
    const [answer] = await orderWhere(status, body, { 'Retry-After': '7' });
    expect(`${answer!.status} ${answer!.code}`).toBe(expected);
    expect(answer!.headers.get('retry-after')).toBe(status === 429 ? '7' : null);
  });

  it('a row that says so is answered with when', async () => {
    const [, answer] = await orderWhere(404, '');
    expect([answer!.code, answer!.headers.get('retry-after')]).toEqual(['SHELF_BUSY', '1']);
  });
});

it.each([
  [[503, 200], 'Ordered.', 2],
  [[404], 'No.', 1],
])('an order that is answered %j is made again where that can help', async (statuses, said, n) => {
  const bodies: string[] = [];
  const result = await served(
    (request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
      request.on('end', () => {
        const status = statuses[bodies.length - 1]!;
        response
          .writeHead(status, status === 503 ? { 'Retry-After': '0' } : {})
          .end('{"code":"NO","description":"No."}');
      });
    },
    (url) => order(url, '9780131103627', 'one'),
  );
  expect([result, bodies]).toEqual([said, Array(n).fill('{"isbn":"9780131103627"}')]);
});
