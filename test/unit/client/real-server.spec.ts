import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { readError } from '../../../lib/client/index.js';
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
});
