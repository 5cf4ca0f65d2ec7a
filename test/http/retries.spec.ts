import { Controller, Get, Param } from '@nestjs/common';
import {
  ApiException,
  Catalogue,
  type CatalogueEntry,
  defineException,
  ErrorsModule,
  Throws,
} from 'nestjs-api-errors';
import { isRetryable, readError } from 'nestjs-api-errors/client';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { documentErrors } from 'nestjs-api-errors/swagger';
import { mayBeRetried } from '../../lib/contract/retry/retryable.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';

class ShelfBusyException extends defineException({
  code: 'SHELF_BUSY',
  status: 409,
  description: 'Somebody else changes the shelf.',
  retryable: true,
}) {}

let thrown: CatalogueEntry;

@Controller()
class RetriesController {
  @Get('rows') row() {
    throw new ApiException(thrown);
  }

  @Get('shelves/:seconds')
  @Throws(ShelfBusyException)
  busy(@Param('seconds') seconds: string) {
    throw seconds === 'any'
      ? new ShelfBusyException()
      : new ShelfBusyException({ retryAfter: Number(seconds) });
  }
}

describe.each(platforms)('whether trying again can help, on %s', (platform) => {
  let running: RunningApp;
  beforeAll(async () => {
    running = await startApp(platform, {
      imports: [ErrorsModule.forRoot({ catalogue: { path: '/errors' } })],
      controllers: [RetriesController],
    });
  });
  afterAll(() => running.close());
  const ask = async (path: string) => readError(await fetch(`${running.url}/${path}`));

  it('is the same to each row and to a client that reads its answer', async () => {
    const rows = running.app.get(Catalogue).entries();
    expect(rows.filter(mayBeRetried).map(({ code }) => code)).toEqual([
      'REQUEST_TIMEOUT',
      'SHELF_BUSY',
      'TOO_EARLY',
      'TOO_MANY_REQUESTS',
      'BAD_GATEWAY',
      'SERVICE_UNAVAILABLE',
      'GATEWAY_TIMEOUT',
    ]);
    // fetch itself takes a 407 for its proxy's
    for (const row of rows.filter(({ status }) => status !== 407)) {
      thrown = row;
      const error = await ask('rows');
      expect([row.code, isRetryable(error)]).toEqual([error?.code, mayBeRetried(row)]);
    }
  });

  it.each([
    ['any', 1],
    ['30', 30],
  ])('a row that says so is answered with when: %s', async (path, seconds) => {
    expect(await ask(`shelves/${path}`)).toMatchObject({
      code: 'SHELF_BUSY',
      status: 409,
      retryAfter: seconds,
    });
  });

  it('is in the catalogue and in the OpenAPI document', async () => {
    const response = await fetch(`${running.url}/errors.json`);
    const { errors } = (await response.json()) as { errors: { code: string; retryable?: true }[] };
    const told = (code: string) => errors.find((error) => error.code === code)?.retryable;
    expect([told('SHELF_BUSY'), told('SERVICE_UNAVAILABLE'), told('CONFLICT')]).toEqual([
      true,
      true,
      undefined,
    ]);
    const document = SwaggerModule.createDocument(running.app, new DocumentBuilder().build());
    const { paths, components } = documentErrors(document, running.app);
    const answers = JSON.stringify([paths['/shelves/{seconds}'], components?.responses]);
    expect(answers).toMatch(/SHELF_BUSY/i);
    expect(answers).toContain('#/components/headers/Retry-After');
  });
});

test('a row says nothing else of it', () => {
  expect(() =>
    defineException({
      code: 'NEVER_AGAIN',
      status: 503,
      description: 'No.',
      // @ts-expect-error -- what an answer could not tell
      retryable: false,
    }),
  ).toThrow('NEVER_AGAIN: retryable is true, or is left out.');
});
