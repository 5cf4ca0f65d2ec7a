import { once } from 'node:events';
import { request, type ServerResponse } from 'node:http';
import { jest } from '@jest/globals';
import axios, { type AxiosRequestConfig } from 'axios';
import { type AxiosAnswer, readError } from '../../../../lib/tools/client/index.js';
import { withServer } from './local-server.js';

const json = JSON.stringify({ code: 'CONFLICT', description: 'No copy is left.' });

const readFrom = (answer: (response: ServerResponse) => void) =>
  withServer(
    (_, response) => answer(response),
    async (url) => readError(await fetch(url)),
  );

describe('readError over a real connection', () => {
  it('reads an error, its header lines included', async () => {
    const error = await readFrom((response) => {
      response.writeHead(409, {
        'content-type': 'application/json; charset=utf-8',
        'www-authenticate': ['Bearer realm="a, b"', 'Negotiate YQ=='],
        'retry-after': new Date(Date.now() + 30_000).toUTCString(),
      });
      response.end(json);
    });
    expect(error).toMatchObject({
      status: 409,
      code: 'CONFLICT',
      challenges: [
        { scheme: 'Bearer', params: { realm: 'a, b' } },
        { scheme: 'Negotiate', params: {}, token68: 'YQ==' },
      ],
    });
    expect(error?.retryAfter).toBeGreaterThanOrEqual(29);
    expect(error?.retryAfter).toBeLessThanOrEqual(30);
  });

  it('reads a chunked body', async () => {
    const error = await readFrom((response) => {
      response.writeHead(409);
      response.write(json.slice(0, 10));
      setTimeout(() => response.end(json.slice(10)), 20);
    });
    expect(error?.code).toBe('CONFLICT');
  });

  it.each([
    ['with a Content-Length', { 'content-length': '1000' }],
    ['chunked', { 'transfer-encoding': 'chunked' }],
  ])('finds no error in a body that is cut: %s', async (_, headers) => {
    const error = await readFrom((response) => {
      response.writeHead(500, headers);
      response.write(json);
      setTimeout(() => response.destroy(), 20);
    });
    expect(error).toBeUndefined();
  });

  it('finds no error in the answer to HEAD', async () => {
    const error = await withServer(
      (_, response) => response.writeHead(404).end(),
      async (url) => readError(await fetch(url, { method: 'HEAD' })),
    );
    expect(error).toBeUndefined();
  });

  it('gives an endless body up after 64 KiB and ends its download', async () => {
    let sent = 0;
    let closed: Promise<unknown> | undefined;
    const error = await withServer(
      (_, response) => {
        closed = once(response, 'close');
        response.writeHead(500);
        const send = (): void => {
          while (!response.destroyed && response.write(' '.repeat(16_384))) {
            sent += 16_384;
          }
        };
        response.on('drain', send);
        send();
      },
      async (url) => {
        const result = await readError(await fetch(url));
        await closed;
        return result;
      },
    );
    expect(error).toBeUndefined();
    // What the sockets' own buffers hold comes on top of what was read
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  describe('where the body comes from', () => {
    const sources: [string, (url: string) => Promise<Response>][] = [
      ['fetch', (url) => fetch(url)],
      ['a stream of Node, as of node-fetch', nodeStreamResponse],
    ];

    it.each(sources)('%s, it reads it', async (_, get) => {
      const error = await withServer(
        (_request, response) => response.writeHead(409).end(json),
        async (url) => readError(await get(url)),
      );
      expect(error?.code).toBe('CONFLICT');
    });

    it.each(sources)('%s, it reads no more than 64 KiB', async (_, get) => {
      const long = JSON.stringify({ code: 'CONFLICT', description: ' '.repeat(70_000) });
      const error = await withServer(
        (_request, response) => response.writeHead(409).end(long),
        async (url) => readError(await get(url)),
      );
      expect(error).toBeUndefined();
    });

    it.each(sources)('%s, it gives an endless slow one up after 10 seconds', async (_, get) => {
      const closed = await withServer(
        (_request, response) => {
          response.writeHead(409).write(json.slice(0, -1));
          const drip = setInterval(() => response.write(' '), 10);
          response.on('close', () => clearInterval(drip));
        },
        async (url) => {
          const response = await get(url);
          jest.useFakeTimers({
            doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setInterval'],
          });
          const reading = readError(response);
          await jest.advanceTimersByTimeAsync(9_999);
          const early = await Promise.race([reading, Promise.resolve('reading')]);
          await jest.advanceTimersByTimeAsync(1);
          jest.useRealTimers();
          return [early, await reading];
        },
      );
      expect(closed).toEqual(['reading', undefined]);
    });
  });

  describe('of axios', () => {
    const answering = (use: (url: string) => Promise<unknown>) =>
      withServer((_, response) => {
        response.writeHead(401, {
          'content-type': 'application/json; charset=utf-8',
          'www-authenticate': 'Bearer realm="a", error="invalid_token"',
          'retry-after': '7',
          'x-request-id': 'r-1',
        });
        response.end(json);
      }, use);
    const expected = {
      status: 401,
      code: 'CONFLICT',
      description: 'No copy is left.',
      challenges: [{ scheme: 'Bearer', params: { realm: 'a', error: 'invalid_token' } }],
      retryAfter: 7,
      requestId: 'r-1',
    };

    it.each<[string, AxiosRequestConfig]>([
      ['as it comes', {}],
      ['with a body that is left as text', { responseType: 'text', transformResponse: [] }],
    ])('%s: what it throws', async (_, config) => {
      const thrown = await answering((url) => axios.get(url, config).catch((error) => error));
      expect(await readError(thrown as AxiosAnswer)).toMatchObject(expected);
    });

    it('what it answers with where it throws for no status', async () => {
      const answer = await answering((url) => axios.get(url, { validateStatus: null }));
      expect(await readError(answer as AxiosAnswer)).toMatchObject(expected);
    });

    it('finds no error where none was answered', async () => {
      const thrown: unknown = await axios
        .get('http://127.0.0.1:1')
        .catch((error: unknown) => error);
      expect(await readError(thrown as AxiosAnswer)).toBeUndefined();
    });
  });
});

/** What node-fetch makes of a response: headers of its own, and a Readable. */
function nodeStreamResponse(url: string): Promise<Response> {
  return new Promise((resolve, reject) => {
    request(url, (body) => {
      const headers = new Headers({ 'content-type': String(body.headers['content-type']) });
      resolve({ status: body.statusCode, headers, body } as unknown as Response);
    })
      .on('error', reject)
      .end();
  });
}
