import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import {
  fetchWithRetries,
  isRetryable,
  type RetryOptions,
} from '../../../../lib/tools/client/index.js';
import { withServer } from './local-server.js';

const SOON: RetryOptions = { delay: 1 };
const fail = (response: ServerResponse, status: number, headers = {}): void => {
  response.writeHead(status, headers).end('{"code":"A","description":"B"}');
};

/** Requests that a server got, which answers them one after the other. */
async function asked(
  answers: readonly ((response: ServerResponse, request: IncomingMessage) => void)[],
  ask: (url: string) => Promise<Response>,
): Promise<{ requests: number; status: number | undefined; error: unknown; times: number[] }> {
  const times: number[] = [];
  const listener: RequestListener = (request, response) => {
    const answer = answers[Math.min(times.length, answers.length - 1)]!;
    times.push(performance.now());
    answer(response, request);
  };
  return withServer(listener, async (url) => {
    const result = await ask(url).then(
      (response) => ({ status: response.status, error: undefined }),
      (error: unknown) => ({ status: undefined, error }),
    );
    return { requests: times.length, times, ...result };
  });
}

const answer = (status: number, headers?: object) => (response: ServerResponse) =>
  fail(response, status, headers);
const breakOff = (response: ServerResponse) => void response.destroy();

describe('fetchWithRetries()', () => {
  it.each([408, 425, 429, 502, 503, 504])('asks again after a %i', async (status) => {
    const { requests, status: last } = await asked([answer(status), answer(200)], (url) =>
      fetchWithRetries(url, {}, SOON),
    );
    expect([requests, last]).toEqual([2, 200]);
  });

  it('asks again after a connection that broke', async () => {
    const { requests, status } = await asked([breakOff, breakOff, answer(200)], (url) =>
      fetchWithRetries(url, {}, SOON),
    );
    expect([requests, status]).toEqual([3, 200]);
  });

  it('returns what asks for a longer wait than any timer has', async () => {
    const busy = answer(503, { 'Retry-After': '99999999' });
    const { requests, status } = await asked([busy, answer(200)], (url) =>
      fetchWithRetries(url, {}, { attempts: 10, maxDelay: Infinity }),
    );
    expect([requests, status]).toEqual([1, 503]);
  });

  it('asks again after any error that says when', async () => {
    const busy = answer(409, { 'Retry-After': '0' });
    const { requests } = await asked([busy, answer(200)], (url) => fetchWithRetries(url, {}, SOON));
    expect(requests).toBe(2);
  });

  it.each([400, 401, 403, 404, 409, 410, 422, 500, 501])('does not after a %i', async (status) => {
    const { requests } = await asked([answer(status)], (url) => fetchWithRetries(url, {}, SOON));
    expect(requests).toBe(1);
  });

  it('does not after what is no error, whatever it says', async () => {
    const accepted = answer(202, { 'Retry-After': '0' });
    const { requests } = await asked([accepted], (url) => fetchWithRetries(url, {}, SOON));
    expect(requests).toBe(1);
  });

  it('gives up after three times, or after as many as it may, with the last answer', async () => {
    for (const [options, expected] of [
      [SOON, 3],
      [{ ...SOON, attempts: 5 }, 5],
      [{ ...SOON, attempts: 1 }, 1],
    ] as const) {
      const { requests, status } = await asked([answer(503)], (url) =>
        fetchWithRetries(url, {}, options),
      );
      expect([requests, status]).toEqual([expected, 503]);
    }
  });

  it('gives up with the last error', async () => {
    const { requests, error } = await asked([breakOff], (url) => fetchWithRetries(url, {}, SOON));
    expect([requests, String(error)]).toEqual([3, 'TypeError: fetch failed']);
  });

  it.each([
    ['GET', 3],
    ['HEAD', 3],
    ['OPTIONS', 3],
    ['PUT', 3],
    ['DELETE', 3],
    ['POST', 1],
    ['PATCH', 1],
  ])('asks by %s %i times, as it is idempotent or not', async (method, expected) => {
    const { requests } = await asked([answer(503)], (url) =>
      fetchWithRetries(url, { method }, SOON),
    );
    expect(requests).toBe(expected);
  });

  it('asks by POST again where that has an Idempotency-Key, or is told to', async () => {
    const headers = { 'Idempotency-Key': 'one' };
    for (const [init, options] of [
      [{ headers }, SOON],
      [{}, { ...SOON, idempotent: true }],
    ] as const) {
      const { requests } = await asked([answer(503)], (url) =>
        fetchWithRetries(url, { method: 'POST', ...init }, options),
      );
      expect(requests).toBe(3);
    }
  });

  it('sends the same body each time', async () => {
    const bodies: string[] = [];
    const take = (response: ServerResponse, request: IncomingMessage) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        bodies.push(text);
        fail(response, 503);
      });
    };
    await asked([take], (url) =>
      fetchWithRetries(new Request(url, { method: 'PUT', body: 'Dune' }), undefined, SOON),
    );
    expect(bodies).toEqual(['Dune', 'Dune', 'Dune']);
  });

  it('does not come back before Retry-After', async () => {
    const { times } = await asked([answer(503, { 'Retry-After': '1' }), answer(200)], (url) =>
      fetchWithRetries(url, {}, SOON),
    );
    // Timers of Node may be a millisecond early
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(999);
  });

  it('does not wait longer than it may: an answer that wants that is returned', async () => {
    const { requests, status } = await asked([answer(503, { 'Retry-After': '60' })], (url) =>
      fetchWithRetries(url, {}, SOON),
    );
    expect([requests, status]).toEqual([1, 503]);
  });

  it('waits no longer where its signal is aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const { requests, error } = await asked(
      [
        (response) => {
          fail(response, 503);
          response.on('close', () => controller.abort(reason));
        },
      ],
      (url) =>
        fetchWithRetries(url, { signal: controller.signal }, { delay: 60_000, maxDelay: 600_000 }),
    );
    expect([requests, error]).toEqual([1, reason]);
  });

  it('does not ask at all where that was aborted before', async () => {
    const { requests } = await asked([answer(200)], (url) =>
      fetchWithRetries(url, { signal: AbortSignal.abort() }, SOON),
    );
    expect(requests).toBe(0);
  });

  it.each([
    [{ attempts: 0 }, 'attempts takes a whole number, 1 to 10'],
    [{ attempts: 1.5 }, 'attempts takes a whole number, 1 to 10'],
    [{ attempts: 11 }, 'attempts takes a whole number, 1 to 10'],
    [{ delay: -1 }, 'take milliseconds'],
    [{ maxDelay: NaN }, 'take milliseconds'],
  ])('refuses %j', async (options, message) => {
    await expect(fetchWithRetries('http://127.0.0.1', {}, options)).rejects.toThrow(message);
  });
});

describe('isRetryable()', () => {
  it.each([
    [undefined, false],
    [{ status: 500, retryAfter: undefined }, false],
    [{ status: 503, retryAfter: undefined }, true],
    [{ status: 409, retryAfter: undefined }, false],
    [{ status: 409, retryAfter: 0 }, true],
  ])('of %j is %s', (error, expected) => {
    expect(isRetryable(error)).toBe(expected);
  });
});
