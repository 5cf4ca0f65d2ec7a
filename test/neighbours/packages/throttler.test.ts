import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ThrottlerModule } from '@nestjs/throttler';
import { ErrorsModule } from 'nestjs-api-errors';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerGuard } from '@nestjs/throttler';
import { AppModule, BooksController } from './recipes/throttler.js';
import { changesNothing, isAnswered, made, onEachAdapter, start } from './support.js';

const unnamed = made({
  imports: [ErrorsModule, ThrottlerModule.forRoot([{ ttl: 60_000, limit: 1 }])],
  controllers: [BooksController],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
});

const tooMany = [
  429,
  {
    code: 'TOO_MANY_REQUESTS',
    description: 'The client sent too many requests in a given time.',
  },
] as [number, unknown];

const ownWords = made({
  imports: [
    ErrorsModule,
    ThrottlerModule.forRoot({ throttlers: [{ ttl: 60_000, limit: 0 }], errorMessage: 'Slowly.' }),
  ],
  controllers: [BooksController],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
});

onEachAdapter('@nestjs/throttler', (platform) => {
  it('leaves what is within its limits', () =>
    changesNothing(AppModule, platform, ['/books'], ['/books'], ['/loans']));

  it('words of the application stay', async () => {
    const { ask } = await start(ownWords, platform);
    isAnswered(await ask('/books'), [429, { code: 'TOO_MANY_REQUESTS', description: 'Slowly.' }]);
  });

  for (const [name, module, path, limit, most] of [
    ['the one limit', unnamed, '/books', 1, 60],
    ['a limit with a name', AppModule, '/books', 2, 10],
    ['the other limit with a name', AppModule, '/loans', 1, 60],
  ] as const) {
    it(`${name} is answered with a sentence, and with when to come back`, async () => {
      const { ask } = await start(module, platform);
      for (let i = 0; i < limit; i++) {
        assert.equal((await ask(path)).status, 200);
      }
      const answer = await ask(path);
      isAnswered(answer, tooMany);
      const seconds = Number(answer.headers.get('retry-after'));
      assert.ok(seconds > 0 && seconds <= most, `Retry-After: ${seconds}`);
    });
  }
});
