import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Min, ValidateNested } from 'class-validator';
import {
  ErrorsModule,
  type ErrorsModuleOptions,
  InvalidTokenException,
  ResourceNotExistException,
  ServiceUnavailableException,
  Throws,
} from 'nestjs-api-errors';
import { readError } from 'nestjs-api-errors/client';
import { documentErrors } from 'nestjs-api-errors/swagger';
import { platforms, type PlatformName, startApp } from '../support/platforms.js';
import { exchange } from '../support/raw-http.js';

class ItemDto {
  @IsInt()
  @Min(1)
  price!: number;
}

class OrderDto {
  @IsString()
  title!: string;

  @ValidateNested({ each: true })
  @Type(() => ItemDto)
  items!: ItemDto[];
}

class PageDto {
  @IsString()
  sort!: string;
}

class BookNotExistException extends ResourceNotExistException.for('BOOK') {}

@Controller()
class BooksController {
  @Throws(BookNotExistException)
  @Get('books')
  find(): void {
    throw new BookNotExistException('No book has this ISBN.');
  }

  @Post('orders')
  order(@Body() order: OrderDto) {
    return order;
  }

  @Get('pages')
  page(@Query() page: PageDto) {
    return page;
  }

  @Get('token')
  token(): void {
    throw new InvalidTokenException();
  }

  @Get('busy')
  busy(): void {
    throw new ServiceUnavailableException({ retryAfter: 3 });
  }

  @Get('bug')
  bug(): void {
    throw new Error('a secret');
  }
}

const PROBLEM = 'application/problem+json';
const JSON_TYPE = 'application/json; charset=utf-8';

async function start(platform: PlatformName, options: ErrorsModuleOptions = { problem: true }) {
  const app = await startApp(
    platform,
    { imports: [ErrorsModule.forRoot(options)], controllers: [BooksController] },
    { setUp: (nest) => nest.enableCors({ origin: [/\.example\.com$/] }) },
  );
  const ask = (path: string, accept: string, body?: unknown) =>
    fetch(app.url + path, {
      headers: { accept, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
  return { ...app, ask };
}

describe.each(platforms)('problem details on %s', (platform) => {
  it.each([
    [PROBLEM, PROBLEM],
    [`text/html, ${PROBLEM};q=0.9`, PROBLEM],
    [`${PROBLEM}, */*;q=0.8`, PROBLEM],
    [`application/json;q=0.5, ${PROBLEM}`, PROBLEM],
    [`application/json, ${PROBLEM}`, JSON_TYPE],
    [`application/json, ${PROBLEM};q=0.9`, JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/*', JSON_TYPE],
    [`*/*, ${PROBLEM};q=0`, JSON_TYPE],
    ['text/html', JSON_TYPE],
    ['', JSON_TYPE],
    [';;,=', JSON_TYPE],
  ])('of Accept: %s the answer is %s', async (accept, type) => {
    const { ask, close } = await start(platform);
    const response = await ask('/books', accept);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('vary')).toBe('Origin, Accept');
    expect(await response.json()).toMatchObject({ code: 'BOOK_NOT_EXIST' });
    await close();
  });

  it('say what the contract says, under the names of RFC 9457', async () => {
    const { ask, close } = await start(platform);
    const response = await ask('/books', PROBLEM);
    const id = response.headers.get('x-request-id');
    expect(await response.clone().json()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'No book has this ISBN.',
      instance: `urn:uuid:${id}`,
      code: 'BOOK_NOT_EXIST',
    });
    expect(await readError(response)).toMatchObject({
      code: 'BOOK_NOT_EXIST',
      description: 'No book has this ISBN.',
    });
    await close();
  });

  it('have the same status and headers as the contract', async () => {
    const { ask, close } = await start(platform);
    for (const path of ['/token', '/busy', '/missing', '/bug']) {
      const [contract, problem] = [await ask(path, 'application/json'), await ask(path, PROBLEM)];
      const own = new Set(['content-type', 'content-length', 'x-request-id', 'date']);
      const headersOf = (response: Response) =>
        [...response.headers].filter(([name]) => !own.has(name));
      expect([problem.status, headersOf(problem)]).toEqual([contract.status, headersOf(contract)]);
      expect(await problem.text()).not.toContain('secret');
    }
    await close();
  });

  it('point at what was wrong in the body, where failures are shown', async () => {
    const { ask, close } = await start(platform, { problem: true, body: { failures: true } });
    const order = { title: 1, items: [{ price: 1 }, { price: 0 }] };
    const inBody = (await (await ask('/orders', PROBLEM, order)).json()) as {
      errors: unknown[];
    };
    expect(inBody.errors).toEqual([
      { detail: expect.any(String), pointer: '#/title', rule: 'isString' },
      { detail: expect.any(String), pointer: '#/items/1/price', rule: 'min', limits: { min: 1 } },
    ]);
    const wholly = (await (await ask('/orders', PROBLEM, [1])).json()) as { errors: unknown[] };
    expect(wholly.errors).toEqual([expect.objectContaining({ pointer: '#', rule: 'isObject' })]);
    const inQuery = (await (await ask('/pages', PROBLEM)).json()) as { errors: unknown[] };
    expect(inQuery.errors).toEqual([
      expect.objectContaining({ parameter: 'sort', in: 'query', rule: 'isDefined' }),
    ]);
    await close();
  });

  it.each(['["\\q"]', 'a.b', '__proto__', '[', '…'])(
    'point at a member called %s',
    async (name) => {
      const { ask, close } = await start(platform, {
        problem: true,
        body: { failures: true },
        validation: { whitelist: true, forbidNonWhitelisted: true },
      });
      const order = JSON.parse(`{"title":"x","items":[],${JSON.stringify(name)}:1}`) as object;
      const response = await ask('/orders', PROBLEM, order);
      const pointer = `#/${encodeURIComponent(name)}`;
      expect([response.status, await response.json()]).toEqual(
        name === '__proto__'
          ? [expect.any(Number), expect.anything()]
          : [400, expect.objectContaining({ errors: [expect.objectContaining({ pointer })] })],
      );
      await close();
    },
  );

  it.each<[string, ErrorsModuleOptions, string]>([
    [
      'what the application says',
      { problem: { type: ({ code }) => `https://errors.example.com/${code}` } },
      'https://errors.example.com/BOOK_NOT_EXIST',
    ],
    [
      'the row on the page of the catalogue',
      { problem: true, catalogue: { path: '/errors' } },
      '/errors#BOOK_NOT_EXIST-404',
    ],
    [
      'about:blank where that throws',
      {
        problem: {
          type: () => {
            throw new Error('type');
          },
        },
      },
      'about:blank',
    ],
    ['about:blank where that is no text', { problem: { type: () => 1 as never } }, 'about:blank'],
  ])('their type is %s', async (_, options, type) => {
    const { ask, close } = await start(platform, options);
    expect(await (await ask('/books', PROBLEM)).json()).toMatchObject({ type });
    await close();
  });

  it('are not there unless they are asked for, nor is Vary', async () => {
    const { ask, close } = await start(platform, {});
    const response = await ask('/books', PROBLEM);
    expect(response.headers.get('content-type')).toBe(JSON_TYPE);
    expect(response.headers.get('vary')).toBe('Origin');
    await close();
  });

  it('are not for a client that sends no Accept, or no request', async () => {
    const { port, close } = await start(platform);
    const end = 'Host: x\r\nConnection: close\r\n\r\n';
    for (const bytes of [`GET /books HTTP/1.1\r\n${end}`, 'nonsense\r\n\r\n']) {
      const { text } = await exchange(port, bytes);
      expect(text).toMatch(/content-type: application\/json/i);
    }
    await close();
  });

  it('are in the OpenAPI document, beside the contract', async () => {
    const { app, close } = await start(platform, { problem: true, body: { failures: true } });
    const document = documentErrors(
      SwaggerModule.createDocument(app, new DocumentBuilder().build()),
      app,
    );
    const { content } = document.components!.responses!['BookNotExist404'] as {
      content: Record<string, { schema: { required: string[]; properties: object } }>;
    };
    expect(Object.keys(content)).toEqual(['application/json', PROBLEM]);
    expect(content[PROBLEM]!.schema).toMatchObject({
      required: ['type', 'title', 'status', 'detail', 'code'],
      properties: { code: { type: 'string' } },
    });
    await close();
  });
});

it.each([[{ problem: 1 }], [{ problem: { types: () => '' } }], [{ problem: { type: 'x' } }]])(
  'wrong options stop the start: %j',
  async (options) => {
    await expect(start('express', options as never)).rejects.toThrow(/ErrorsModule: problem/);
  },
);
