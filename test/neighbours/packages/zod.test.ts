import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type ArgumentsHost, Catch, Controller, HttpException, UsePipes } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, BaseExceptionFilter } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ErrorsModule, InternalServerErrorException } from 'nestjs-api-errors';
import { documentErrors } from 'nestjs-api-errors/swagger';
import { ZodSerializationException, ZodValidationPipe } from 'nestjs-zod';
import { AppModule, BooksController } from './recipes/zod.js';
import { changesNothing, isAnswered, json, made, onEachAdapter, start } from './support.js';

const filtered: unknown[] = [];

/** As the documentation of nestjs-zod has it. */
@Catch(HttpException)
class HttpExceptionFilter extends BaseExceptionFilter {
  override catch(exception: HttpException, host: ArgumentsHost) {
    if (exception instanceof ZodSerializationException) {
      filtered.push(exception.getZodError());
    }
    super.catch(exception, host);
  }
}

@Controller()
@UsePipes(ZodValidationPipe)
class PipedController extends BooksController {}

const pipe = { provide: APP_PIPE, useClass: ZodValidationPipe };
const modules = {
  'its pipe and interceptor': AppModule,
  'its pipe alone': made({
    imports: [ErrorsModule],
    controllers: [BooksController],
    providers: [pipe],
  }),
  'its pipe on a controller, and no validation of this library': made({
    imports: [ErrorsModule.forRoot({ validation: false })],
    controllers: [PipedController],
  }),
  'its filter too': made({
    imports: [AppModule],
    providers: [{ provide: APP_FILTER, useClass: HttpExceptionFilter }],
  }),
};

onEachAdapter('nestjs-zod', (platform) => {
  it('leaves what is valid', () =>
    changesNothing(
      AppModule,
      platform,
      ['/books', json({ title: 'Dune', pages: '412', more: 1 })],
      ['/shelves/new'],
    ));

  for (const [title, module] of Object.entries(modules)) {
    it(`what is refused has the codes of the contract, with ${title}`, async () => {
      const { ask } = await start(module, platform);
      for (const [body, code, description] of [
        [{}, 'MISSING_PARAMETER', 'title is required.'],
        [{ title: 7 }, 'INVALID_PARAMETER', /^title must be a string/],
        [{ title: 'x' }, 'LIMIT_EXCEEDED', /^title must be longer than or equal to 2 characters/],
        [{ title: 'Dune', pages: 1e6 }, 'OUT_OF_RANGE', /^pages must not be greater than 10000/],
        [{ title: 'Dune', tags: [{}] }, 'MISSING_PARAMETER', /^tags\[0\]\.name is required/],
        [{ title: 7, pages: 1e6 }, 'INVALID_PARAMETER', /^title must be .*; pages must /],
      ] as const) {
        const answer = await ask('/books', json(body));
        assert.equal(answer.status, 400);
        assert.deepEqual(Object.keys(answer.body), ['code', 'description']);
        assert.equal(answer.body['code'], code);
        assert.match(String(answer.body['description']), new RegExp(description));
      }
      const answer = await ask('/shelves/lost');
      assert.deepEqual([answer.status, answer.body['code']], [400, 'INVALID_PARAMETER']);
    });
  }

  it('and its fields are in failures where these are on', async () => {
    const imports = [ErrorsModule.forRoot({ body: { failures: true } })];
    const module = made({ imports, controllers: [BooksController], providers: [pipe] });
    const { ask } = await start(module, platform);
    for (const [sent, rule, rest] of [
      [{}, 'isDefined', { description: 'title is required' }],
      [
        { title: 'x' },
        'minLength',
        {
          limits: { min: 2 },
          description: 'title must be longer than or equal to 2 characters',
        },
      ],
    ] as const) {
      const { body } = await ask('/books', json(sent));
      assert.deepEqual(body['failures'], [{ parameter: 'title', in: 'body', rule, ...rest }]);
    }
  });

  it('and the errors of a route follow from its DTO class', async () => {
    const { app } = await start(AppModule, platform);
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const responses = documentErrors(document, app).paths['/books']?.post?.responses ?? {};
    assert.match(
      JSON.stringify(responses['400']),
      /INVALID_PARAMETER.*MISSING_PARAMETER|MISSING_PARAMETER.*INVALID_PARAMETER/,
    );
    assert.match(JSON.stringify(responses['400']), /LIMIT_EXCEEDED/);
    assert.match(JSON.stringify(responses['400']), /OUT_OF_RANGE/);
  });

  it('an answer that breaks its own schema is 500, and the log says how', async () => {
    const { ask, log } = await start(AppModule, platform);
    isAnswered(await ask('/shelves/old'), [
      500,
      { code: 'INTERNAL_SERVER_ERROR', description: InternalServerErrorException.description },
    ]);
    assert.match(log.join('\n'), /GET \/shelves\/:shelf 500[^]*ZodError[^]*title/);
  });

  it('and its filter sees it', async () => {
    filtered.length = 0;
    const { ask } = await start(modules['its filter too'], platform);
    isAnswered(await ask('/shelves/old'), [
      500,
      { code: 'INTERNAL_SERVER_ERROR', description: InternalServerErrorException.description },
    ]);
    assert.equal(filtered.length, 1);
  });
});
