import './light-my-request.js';
import { expect as importedExpect } from '@jest/globals';
import { Body, Controller, Get, type INestApplication, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsInt } from 'class-validator';
import supertest from 'supertest';
import {
  ErrorsModule,
  InsufficientScopeException,
  ResourceNotExistException,
} from 'nestjs-api-errors';
import { apiErrorMatchers } from 'nestjs-api-errors/testing';
import { platforms, type RunningApp, startApp } from '../../../support/platforms.js';

class NewBook {
  @IsInt() pages: number;
}

@Controller()
class BooksController {
  @Get('missing') missing(): never {
    throw new ResourceNotExistException('BOOK', 'No such book.');
  }
  @Get('scope') scope(): never {
    throw new InsufficientScopeException(['books.read', 'books.write']);
  }
  @Get('ok') ok() {
    return { code: 'NOT_AN_ERROR', description: 'Fine.' };
  }
  @Post() add(@Body() book: NewBook) {
    return book;
  }
}

describe.each(platforms)('the matchers on %s', (platform) => {
  let running: RunningApp;
  beforeAll(async () => {
    running = await startApp(platform, {
      imports: [ErrorsModule.forRoot({ bearer: { realm: 'books' } })],
      controllers: [BooksController],
    });
  });
  afterAll(() => running.close());

  /** The same answer, as each library hands it over; to the types all are of fetch. */
  const libraries: [string, (path: string) => Promise<Response>][] = [
    ['supertest', async (path) => (await supertest(running.url).get(path)) as never],
    ['fetch', (path) => fetch(running.url + path)],
  ];
  if (platform === 'fastify') {
    libraries.push(['light-my-request', (path) => inject(running.app, path)]);
  }

  describe.each(libraries)('of a response of %s', (_library, get) => {
    it('pass for the error that it is', async () => {
      const response = await get('/missing');
      await expect(response).toBeApiError();
      await expect(response).toBeApiError('BOOK_NOT_EXIST');
      await expect(response).toBeApiError('BOOK_NOT_EXIST', { status: 404 });
      await expect(response).toBeApiError('BOOK_NOT_EXIST', { description: 'No such book.' });
      await expect(response).toBeApiError(undefined, { description: /such book/g });
      await expect(response).not.toBeApiError('BOOK_NOT_EXIST', { status: 410 });
      expect(response).not.toCarryChallenge();
    });

    it.each<[string, [string?, object?], RegExp]>([
      ['another code', ['LOAN_NOT_EXIST'], /Expected the code LOAN_NOT_EXIST.* BOOK_NOT_EXIST/],
      ['another status', ['BOOK_NOT_EXIST', { status: 410 }], /Expected the status 410.* 404/],
      [
        'another description',
        ['BOOK_NOT_EXIST', { description: 'Gone.' }],
        /Expected the description Gone\., but it is No such book\./,
      ],
    ])('fail for %s, and show what came', async (_what, expected, message) => {
      const response = await get('/missing');
      const fails = Promise.resolve(response).then((received) =>
        // As Jest calls it for a value of an unknown type
        Promise.resolve(apiErrorMatchers.toBeApiError.call({}, received, ...expected)),
      );
      const { pass, message: text } = await fails;
      expect(pass).toBe(false);
      expect(text()).toMatch(message);
      expect(text()).toContain('Received: 404\ncontent-type: application/json; charset=utf-8');
      expect(text()).toContain('{"code":"BOOK_NOT_EXIST","description":"No such book."}');
    });

    it('fail for what is no error', async () => {
      const response = await get('/ok');
      await expect(
        (async () => {
          await expect(response).toBeApiError('NOT_AN_ERROR');
        })(),
      ).rejects.toThrow(/Expected an error, which has a status from 400 to 599/);
    });

    it('find the challenge, with its scopes in any order', async () => {
      const response = await get('/scope');
      expect(response).toCarryChallenge();
      expect(response).toCarryChallenge('insufficient_scope');
      expect(response).toCarryChallenge('insufficient_scope', { scope: 'books.write books.read' });
      expect(response).toCarryChallenge('insufficient_scope', {
        scope: ['books.read', 'books.write'],
      });
      expect(response).toCarryChallenge(undefined, { realm: 'books' });
      expect(response).not.toCarryChallenge('invalid_token');
    });

    it('show the challenge that came instead', async () => {
      const response = await get('/scope');
      expect(() => expect(response).toCarryChallenge('invalid_token')).toThrow(
        /Expected the error invalid_token, but it is insufficient_scope[^]*www-authenticate: Bearer realm="books", error="insufficient_scope"/,
      );
      expect(() =>
        expect(response).toCarryChallenge('insufficient_scope', { scope: 'books.read' }),
      ).toThrow(/Expected scope="books\.read", but it is books\.read books\.write/);
      expect(() => expect(response).not.toCarryChallenge('insufficient_scope')).toThrow(
        /expected not to/,
      );
    });
  });

  it('leave the body of a fetch response to be read', async () => {
    const response = await fetch(`${running.url}/missing`);
    // A promise to the types too, so that a linter misses an `await`
    const matched: Promise<void> = expect(response).toBeApiError('BOOK_NOT_EXIST');
    await matched;
    expect(await response.json()).toMatchObject({ code: 'BOOK_NOT_EXIST' });
    expect(() => expect(response).toBeApiError()).toThrow(/The body was read before/);
  });

  it('are those of @jest/globals too', async () => {
    const response = await supertest(running.url).get('/missing');
    importedExpect(response).toBeApiError('BOOK_NOT_EXIST');
    importedExpect(await fetch(`${running.url}/scope`)).toCarryChallenge('insufficient_scope');
    expect(() => importedExpect(response).toBeApiError('DELETED')).toThrow(/the code DELETED/);
  });
});

describe('the matchers', () => {
  it.each([undefined, null, 'text', 42, {}, { status: 404 }])('refuse %p', (value) => {
    expect(() => expect(value).toBeApiError()).toThrow(/no response of supertest, fetch or light/);
    expect(() => expect(value).toCarryChallenge()).toThrow(/no response of supertest/);
  });

  it('ask for a promise to be awaited', () => {
    expect(() => expect(Promise.resolve()).toBeApiError()).toThrow(/await it first/);
  });

  it.each([
    ['text/html', '{"code":"A","description":"B"}'],
    [undefined, '{"code":"A","description":"B"}'],
    ['application/json', 'oops'],
    ['application/json', 'null'],
    ['application/json', '{"code":1,"description":"B"}'],
    ['application/json', '{"code":"A"}'],
    ['application/json', ''],
  ])('take %p %p for no body of the contract', (type, text) => {
    const response = { status: 400, headers: { 'content-type': type }, text };
    expect(() => expect(response).toBeApiError()).toThrow(/Expected a body of the contract/);
  });

  it('read several challenges in several lines', () => {
    const lines = ['Basic realm="x"', 'Bearer error="invalid_token", Digest nonce="n"'];
    const response = { statusCode: 401, headers: { 'www-authenticate': lines }, payload: '' };
    expect(response).toCarryChallenge('invalid_token');
    expect(response).toCarryChallenge(undefined, { nonce: 'n' });
    expect(response).not.toCarryChallenge('invalid_token', { nonce: 'n' });
  });
});

function inject(app: INestApplication, url: string): Promise<Response> {
  return (app as NestFastifyApplication).inject({ url }) as Promise<never>;
}
