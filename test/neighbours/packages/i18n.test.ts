import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { BadRequestException, type ValidationError, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ErrorsModule } from 'nestjs-api-errors';
import { I18nValidationExceptionFilter } from 'nestjs-i18n';
import { changesNothing, isAnswered, json, made, onEachAdapter, start } from './support.js';
import { withoutErrors } from './support.js';
import { AppModule, BooksController } from './recipes/i18n.js';

// An application has its translations beside it
process.chdir(join(dirname(process.argv[1]), '../recipes'));

const withFilter = made({
  imports: [AppModule],
  providers: [{ provide: APP_FILTER, useValue: new I18nValidationExceptionFilter() }],
});

onEachAdapter('nestjs-i18n', (platform) => {
  it('leaves what is valid', () =>
    changesNothing(AppModule, platform, ['/books', json({ title: 'Dune' })]));

  for (const [language, body, code, description] of [
    ['en', {}, 'MISSING_PARAMETER', 'title: title is needed.'],
    ['de', {}, 'MISSING_PARAMETER', 'title: title fehlt.'],
    ['de', { title: '' }, 'INVALID_PARAMETER', 'title: title fehlt.'],
    ['de', { title: 'Heimat' }, 'LIMIT_EXCEEDED', 'title: title hat mehr als 5 Zeichen: ….'],
    ['en', { title: 'Dune|x' }, 'LIMIT_EXCEEDED', 'title: title has more than 5 characters: ….'],
    ['fr', {}, 'MISSING_PARAMETER', 'title: title is needed.'],
    [
      'de',
      { title: 'Dune', author: { name: '' } },
      'INVALID_PARAMETER',
      'author.name: name fehlt.',
    ],
    ['de', { title: 'Dune', note: 7 }, 'INVALID_PARAMETER', 'note is not valid.'],
  ] as const) {
    it(`with its pipe alone, ${JSON.stringify(body)} is refused in words of ${language}`, async () => {
      const { ask } = await start(AppModule, platform);
      const answer = await ask('/books', json(body, { 'accept-language': language }));
      isAnswered(answer, [400, { code, description }]);
    });
  }

  it('a factory of the application that keeps the errors has its own words', async () => {
    class FormException extends BadRequestException {
      constructor(readonly errors: ValidationError[]) {
        super('Look at the form.');
      }
    }
    const exceptionFactory = (errors: ValidationError[]) => new FormException(errors);
    const module = made({
      imports: [ErrorsModule],
      controllers: [BooksController],
      providers: [{ provide: APP_PIPE, useValue: new ValidationPipe({ exceptionFactory }) }],
    });
    const { ask } = await start(module, platform);
    isAnswered(await ask('/books', json({})), [
      400,
      { code: 'BAD_REQUEST', description: 'Look at the form.' },
    ]);
  });

  it('its filter answers as it does without this library', async () => {
    const answers = [];
    for (const module of [
      withFilter,
      made({
        imports: [withoutErrors(AppModule)],
        providers: [{ provide: APP_FILTER, useValue: new I18nValidationExceptionFilter() }],
      }),
    ]) {
      const { ask } = await start(module, platform);
      const { status, body } = await ask('/books', json({}, { 'accept-language': 'de' }));
      answers.push({ status, body });
    }
    assert.deepEqual(answers[0], answers[1]);
    assert.match(JSON.stringify(answers[0]), /title fehlt\./);
  });
});
