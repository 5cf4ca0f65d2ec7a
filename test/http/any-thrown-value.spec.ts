import { Controller, Get, HttpException } from '@nestjs/common';
import { ApiException, ErrorsModule } from 'nestjs-api-errors';
import * as fc from 'fast-check';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';
import { exchange, parseResponses, type RawResponse } from '../support/raw-http.js';

let value: unknown;

@Controller()
class ThrowingController {
  @Get() fail(): never {
    throw value;
  }
}

/** What user code, libraries and attackers can make a handler throw. */
const anyThrown = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
  }),
  fc.string({ unit: 'binary' }).map((text) => new Error(text)),
  fc
    .record({
      message: fc.anything(),
      status: fc.anything(),
      statusCode: fc.oneof(fc.integer(), fc.anything()),
      expose: fc.anything(),
      code: fc.oneof(fc.constant('FST_ERR_X'), fc.anything()),
      headers: fc.anything(),
      type: fc.anything(),
    })
    .map((properties) => Object.assign(new Error('x'), properties)),
  fc
    .tuple(
      fc.oneof(fc.string({ unit: 'binary' }), fc.object()),
      fc.oneof(fc.integer(), fc.double(), fc.anything()),
    )
    .map(([response, status]) => new HttpException(response as string, status as number)),
  fc
    .record({
      status: fc.integer({ min: 400, max: 599 }),
      description: fc.string({ unit: 'binary', maxLength: 2000 }),
      headers: fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })),
      retryAfter: fc.oneof(fc.double(), fc.date({ noInvalidDate: false })),
      challenges: fc.array(
        fc.record({
          scheme: fc.string({ unit: 'binary' }),
          params: fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })),
        }),
        { maxLength: 3 },
      ),
      expose: fc.boolean(),
    })
    .map(
      ({ status, description, ...options }) =>
        new ApiException({ status, code: 'ANY', description: 'Any.' }, description, options),
    ),
);

describe.each(platforms)('any thrown value, on %s', (platform) => {
  let running: RunningApp;

  beforeAll(async () => {
    running = await startApp(platform, {
      imports: [ErrorsModule],
      controllers: [ThrowingController],
    });
  });
  afterAll(() => running.close());

  it('is answered with a valid body of the contract', async () => {
    await fc.assert(
      fc.asyncProperty(anyThrown, async (thrown) => {
        value = thrown;
        const { text } = await exchange(
          running.port,
          'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
        );
        const [{ status, headers, body: json }, ...more] = parseResponses(text) as [RawResponse];
        expect(more).toEqual([]);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(headers['content-type']).toBe('application/json; charset=utf-8');
        const body = JSON.parse(Buffer.from(json, 'latin1').toString()) as Record<string, string>;
        expect(Object.keys(body)).toEqual(['code', 'description']);
        expect(body['code']).toMatch(/^[A-Z][A-Z0-9_]*$/);
        expect(body['description']!.length).toBeGreaterThan(0);
        expect(body['description']!.length).toBeLessThanOrEqual(500);
        expect(body['description']).not.toMatch(/\p{Cc}/u);
        expect('www-authenticate' in headers && ![400, 401, 403].includes(status)).toBe(false);
        expect(status === 401 && !('www-authenticate' in headers)).toBe(false);
      }),
      { numRuns: 400 },
    );
  }, 60_000);
});
