import * as fc from 'fast-check';
import { readError } from '../../../../lib/tools/client/index.js';

const body = { code: 'BOOK_NOT_EXIST', description: 'No such book.' };

function answer(content: unknown, headers: HeadersInit = {}, status = 404): Response {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return new Response(text, { status, headers });
}

describe('readError', () => {
  it('reads the body of the contract', async () => {
    expect(await readError(answer(body))).toEqual({
      status: 404,
      ...body,
      challenges: [],
      retryAfter: undefined,
      requestId: undefined,
      failures: undefined,
    });
  });

  it('reads challenges, Retry-After and the request id from headers', async () => {
    const headers = {
      'www-authenticate': 'Bearer realm="a", error="invalid_token", Basic realm="b"',
      'retry-after': '30',
      'x-request-id': 'r-1',
    };
    expect(await readError(answer(body, headers, 401))).toMatchObject({
      status: 401,
      challenges: [
        { scheme: 'Bearer', params: { realm: 'a', error: 'invalid_token' } },
        { scheme: 'Basic', params: { realm: 'b' } },
      ],
      retryAfter: 30,
      requestId: 'r-1',
    });
  });

  it.each([
    ['the body before the header', 'b-1', 'h-1', 'b-1'],
    ['the header where the body has none', undefined, 'h-1', 'h-1'],
    ['the header where the body has no text', 7, 'h-1', 'h-1'],
    ['the header where the body has an empty one', '', 'h-1', 'h-1'],
    ['nothing where both are empty', '', '', undefined],
  ])('takes the request id from %s', async (_, requestId, header, expected) => {
    const error = await readError(answer({ ...body, requestId }, { 'x-request-id': header }));
    expect(error?.requestId).toBe(expected);
  });

  it('keeps the failures that have the documented shape', async () => {
    const good = [
      { parameter: 'items[2].price', in: 'body', rule: 'min', description: 'must be 1 or more' },
      { parameter: 'title', rule: 'isDefined', description: '' },
    ];
    const bad = [
      null,
      'title',
      [],
      { parameter: 'a' },
      { ...good[0], parameter: 7 },
      { ...good[0], rule: '' },
      { ...good[0], description: null },
      { ...good[0], in: 1 },
    ];
    const error = await readError(
      answer({ ...body, failures: [...bad, ...good, ...bad] }, {}, 400),
    );
    expect(error?.failures).toEqual(good);
  });

  it.each(['a text', { length: 1 }, null, 7])(
    'has no failures where they are %j',
    async (failures) => {
      const error = await readError(answer({ ...body, failures }));
      expect(error).toMatchObject(body);
      expect(error?.failures).toBeUndefined();
    },
  );

  it.each([200, 201, 302])('leaves the body of a %i alone', async (status) => {
    const response = answer(body, {}, status);
    expect(await readError(response)).toBeUndefined();
    expect(response.bodyUsed).toBe(false);
  });

  it.each([
    ['an empty body', ''],
    ["a proxy's page", '<html><body>502 Bad Gateway</body></html>'],
    ['a body cut midway', '{"code":"BOOK_NOT_EXIST","descr'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"BOOK_NOT_EXIST"'],
    ['a number', '7'],
    ["Nest's own body", { statusCode: 404, message: 'Not Found' }],
    ["OAuth's body", { error: 'invalid_token', error_description: 'expired' }],
    ['a code that is no text', { code: 404, description: 'Not Found' }],
    ['an empty code', { code: '', description: 'Not Found' }],
    ['no description', { code: 'NOT_FOUND' }],
    ['a description that is no text', { code: 'NOT_FOUND', description: {} }],
  ])('finds no error in %s', async (_, content) => {
    expect(await readError(answer(content))).toBeUndefined();
  });

  it.each([null, undefined])('finds no error in %s', async (response) => {
    expect(await readError(response)).toBeUndefined();
  });

  it('finds no error in a response without a body, or with none to be seen (no-cors)', async () => {
    expect(await readError(new Response(null, { status: 404 }))).toBeUndefined();
    expect(await readError(Response.error())).toBeUndefined();
  });

  it('finds no error in a body that was used, is being read, or fails', async () => {
    const used = answer(body);
    await used.text();
    const locked = answer(body);
    locked.body?.getReader();
    const failing = new ReadableStream({
      pull: (controller) => controller.error(new Error('cut')),
    });
    expect(await readError(used)).toBeUndefined();
    expect(await readError(locked)).toBeUndefined();
    expect(await readError(new Response(failing, { status: 500 }))).toBeUndefined();
  });

  it('leaves the original readable where it is given a clone', async () => {
    const response = answer(body);
    expect(await readError(response.clone())).toMatchObject(body);
    expect(await response.json()).toEqual(body);
  });

  it('reads characters that are split over chunks, and skips a byte order mark', async () => {
    const bytes = new TextEncoder().encode(
      `\ufeff${JSON.stringify({ ...body, description: 'é🎉' })}`,
    );
    const stream = new ReadableStream({
      start(controller) {
        bytes.forEach((byte) => controller.enqueue(Uint8Array.of(byte)));
        controller.close();
      },
    });
    const error = await readError(new Response(stream, { status: 404 }));
    expect(error?.description).toBe('é🎉');
  });

  it('reads responses without a web stream, as React Native and node-fetch have them', async () => {
    const { headers, status } = answer(body);
    const text = (): Promise<string> => Promise.resolve(JSON.stringify(body));
    const response = { status, headers, text } as Response;
    expect(await readError(response)).toMatchObject(body);
  });

  it('never rejects and yields a whole error or none, whatever the body and the headers', async () => {
    const near = fc.record(
      {
        code: fc.oneof(fc.string(), fc.anything()),
        description: fc.oneof(fc.string(), fc.anything()),
        requestId: fc.anything(),
        failures: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const content = fc.oneof(near, fc.json(), fc.string({ unit: 'binary' })).map((value) => {
      try {
        return typeof value === 'string' ? value : JSON.stringify(value);
      } catch {
        return '';
      }
    });
    const header = fc.string({
      unit: fc.constantFrom('1', 'a', 'S', 'u', 'n', ':', ',', ' ', '"'),
    });
    await fc.assert(
      fc.asyncProperty(content, header, async (text, value) => {
        const headers = { 'retry-after': value, 'www-authenticate': value, 'x-request-id': value };
        const error = await readError(answer(text, headers, 500));
        expect(error === undefined || (error.code !== '' && error.status === 500)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
