// First, as its documentation has it
import './sentry.dsn.js';
import './recipes/instrument.js';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ConflictException, Controller, Get, Injectable, type Provider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import * as Sentry from '@sentry/nestjs';
import { SentryGlobalFilter, SentryModule } from '@sentry/nestjs/setup';
import {
  type ErrorObserver,
  ErrorsModule,
  type ErrorsModuleOptions,
  MapErrors,
} from 'nestjs-api-errors';
import { AppModule as FilterModule } from './recipes/sentry-filter.js';
import { AppModule as OnErrorModule } from './recipes/sentry.js';
import { BooksController, last, paths } from './books.controller.js';
import { changesNothing, made, onEachAdapter, start } from './support.js';

const events: { original: unknown }[] = [];
Sentry.addEventProcessor((event, hint) => {
  if (event.type === undefined) {
    events.push({ original: hint.originalException });
  }
  // Nothing leaves the process
  return null;
});

const WithFilter = made({ imports: [FilterModule], controllers: [BooksController] });
const WithOnError = made({ imports: [OnErrorModule], controllers: [BooksController] });

onEachAdapter('@sentry/nestjs', (platform) => {
  for (const [title, module, seen] of [
    ['told by onError', WithOnError, ['fault', 'own', 'nest']],
    // It takes every HttpException for expected, of whatever status
    ['with SentryGlobalFilter', WithFilter, ['fault']],
  ] as const) {
    it(`leaves what succeeds, ${title}`, () => changesNothing(module, platform, ['/books']));

    for (const path of paths) {
      const isSeen = (seen as readonly string[]).includes(path);
      it(`/books/${path} is captured ${isSeen ? 'once' : 'never'}, ${title}`, async () => {
        const { ask } = await start(module, platform);
        events.length = 0;
        const { body } = await ask(`/books/${path}`);
        await Sentry.flush(1000);
        assert.deepEqual(Object.keys(body), ['code', 'description']);
        assert.equal(events.length, isSeen ? 1 : 0);
        assert.ok(events.every(({ original }) => original === last.error));
      });
    }
  }

  it('what is mapped to a 409 is captured by the filter alone', async () => {
    for (const [module, count] of [
      [made(mapping([], { onError: report })), 0],
      [made(mapping([{ provide: APP_FILTER, useClass: SentryGlobalFilter }])), 1],
    ] as const) {
      const { ask } = await start(module, platform);
      events.length = 0;
      assert.equal((await ask('/locked')).status, 409);
      await Sentry.flush(1000);
      assert.equal(events.length, count);
    }
  });

  it('the filter is told at the start, by name', async () => {
    const { log } = await start(WithFilter, platform);
    assert.match(log.join('\n'), /SentryGlobalFilter catches every error before ErrorsFilter/);
    assert.doesNotMatch((await start(WithOnError, platform)).log.join('\n'), /catches every/);
  });
});

class LockedError extends Error {}

@Injectable()
@MapErrors(LockedError)
class LockedErrors {
  toException() {
    return new ConflictException();
  }
}

@Controller('locked')
class LockedController {
  @Get() find() {
    throw new LockedError();
  }
}

function report({ status, thrown }: Parameters<ErrorObserver>[0]): void {
  if (status >= 500) {
    Sentry.captureException(thrown);
  }
}

function mapping(providers: Provider[], options: ErrorsModuleOptions = {}) {
  const errors = ErrorsModule.forRoot({ ...options, mappers: [LockedErrors] });
  return { imports: [SentryModule.forRoot(), errors], controllers: [LockedController], providers };
}
