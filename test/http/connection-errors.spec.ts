import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';
import { exchange, parseResponses } from '../support/raw-http.js';

@Controller()
class PlainController {
  @Get('slow') async slow() {
    await new Promise((resolve) => setTimeout(resolve, 150));
    return { slow: true };
  }
  @Get('fast') fast() {
    return { fast: true };
  }
  @Post('echo') echo(@Body() body: object) {
    return body;
  }
  @Get('things/:id') find(@Param('id') id: string) {
    return { id };
  }
}

const host = 'Host: 127.0.0.1\r\n';
const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\n${host}${headers}\r\n`;

const refused: [string, string | Buffer, number, string][] = [
  ['a garbage request line', 'GARBAGE\r\n\r\n', 400, 'BAD_REQUEST'],
  ['binary garbage', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]), 400, 'BAD_REQUEST'],
  ['an HTTP version that is none', `GET / HTTP/9.9\r\n${host}\r\n`, 400, 'BAD_REQUEST'],
  [
    'a bad Content-Length',
    `POST /echo HTTP/1.1\r\n${host}Content-Length: x\r\n\r\n`,
    400,
    'BAD_REQUEST',
  ],
  [
    'two lengths',
    `POST /echo HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
    400,
    'BAD_REQUEST',
  ],
  [
    'length and chunked',
    `POST /echo HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
    400,
    'BAD_REQUEST',
  ],
  ['a missing Host', 'GET /fast HTTP/1.1\r\n\r\n', 400, 'BAD_REQUEST'],
  ['a header with NUL', `GET /fast HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`, 400, 'BAD_REQUEST'],
  [
    'headers too large',
    get('/fast', `X: ${'x'.repeat(40_000)}\r\n`),
    431,
    'REQUEST_HEADER_FIELDS_TOO_LARGE',
  ],
  ['an unknown expectation', get('/fast', 'Expect: the-unexpected\r\n'), 417, 'EXPECTATION_FAILED'],
  [
    'a malformed escape in the path',
    get('/things/%zz', 'Connection: close\r\n'),
    400,
    'BAD_REQUEST',
  ],
  ['a lone % in an unknown path', get('/%', 'Connection: close\r\n'), 400, 'BAD_REQUEST'],
  ['bad UTF-8 in the path', get('/things/%ff', 'Connection: close\r\n'), 400, 'BAD_REQUEST'],
];

describe.each(platforms)('what the server refuses, on %s', (platform) => {
  let running: RunningApp;

  beforeAll(async () => {
    running = await startApp(platform, { imports: [ErrorsModule], controllers: [PlainController] });
  });
  afterAll(() => running.close());

  it.each(refused)('%s', async (_what, bytes, status, code) => {
    const { text, closed } = await exchange(running.port, bytes);
    const [response, ...more] = parseResponses(text);
    expect(more).toEqual([]);
    expect(response).toMatchObject({
      status,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        connection: 'close',
        'x-request-id': expect.any(String),
        date: expect.any(String),
      },
    });
    expect(JSON.parse(response!.body)).toEqual({ code, description: expect.any(String) });
    expect(response!.headers['www-authenticate']).toBeUndefined();
    expect(closed).toBe(true);
  });

  it('a path parameter that the router finds too long', async () => {
    const response = await fetch(`${running.url}/things/${'x'.repeat(101)}`);
    if (platform === 'express') {
      // Express has no such limit
      expect(response.status).toBe(200);
    } else {
      expect(await errorAnswer(response)).toMatchObject({ status: 414, code: 'URI_TOO_LONG' });
    }
  });

  it('garbage behind a request is answered after it', async () => {
    const { text, closed } = await exchange(running.port, `${get('/slow')}GARBAGE\r\n\r\n`);
    const responses = parseResponses(text);
    expect(responses.map(({ status }) => status)).toEqual([200, 400]);
    expect(responses[0]!.body).toBe('{"slow":true}');
    expect(closed).toBe(true);
  });

  it('garbage behind pipelined requests is answered after them all', async () => {
    const bytes = `${get('/slow')}${get('/fast')}GARBAGE\r\n\r\n`;
    const { text } = await exchange(running.port, bytes);
    expect(parseResponses(text).map(({ status }) => status)).toEqual([200, 200, 400]);
  });

  it('a malformed chunk is the answer to its request', async () => {
    const bytes =
      `POST /echo HTTP/1.1\r\n${host}Content-Type: application/json\r\n` +
      'Transfer-Encoding: chunked\r\n\r\nZZ\r\n';
    const { text, closed } = await exchange(running.port, bytes);
    expect(parseResponses(text).map(({ status }) => status)).toEqual([400]);
    expect(closed).toBe(true);
  });

  it('pipelined requests are each answered, errors among them', async () => {
    const bytes = `${get('/fast')}${get('/nothing')}${get('/fast', 'Connection: close\r\n')}`;
    const { text } = await exchange(running.port, bytes);
    expect(parseResponses(text).map(({ status }) => status)).toEqual([200, 404, 200]);
  });

  it('random bytes get one contract answer or a closed connection, and do no harm', async () => {
    for (let round = 0; round < 150; round += 1) {
      const noise = randomBytes(1 + (round % 97));
      const bytes = round % 3 === 0 ? noise : Buffer.concat([Buffer.from(get('/fast')), noise]);
      const { text } = await exchange(
        running.port,
        Buffer.concat([bytes, Buffer.from('\r\n\r\n')]),
        250,
      );
      for (const response of parseResponses(text).filter(({ status }) => status !== 200)) {
        expect(Object.keys(JSON.parse(response.body) as object)).toEqual(['code', 'description']);
      }
    }
    expect((await fetch(`${running.url}/fast`)).status).toBe(200);
  }, 120_000);
});

describe.each(platforms)('what takes too long, on %s', (platform) => {
  let running: RunningApp;

  beforeAll(async () => {
    running = await startApp(
      platform,
      { imports: [ErrorsModule], controllers: [PlainController] },
      {
        setUp: (app) => {
          const server = app.getHttpServer() as Server;
          server.headersTimeout = 200;
          server.requestTimeout = 400;
          // How often Node looks for late requests, which it reads when it starts to listen
          Object.assign(server, { connectionsCheckingInterval: 50 });
        },
      },
    );
  });
  afterAll(() => running.close());

  it.each([
    ['headers', `GET /fast HTTP/1.1\r\n${host}`],
    [
      'a body',
      `POST /echo HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
    ],
  ])('%s that never end are answered with 408', async (_what, bytes) => {
    const { text, closed } = await exchange(running.port, bytes, 5000);
    const [response, ...more] = parseResponses(text);
    expect(more).toEqual([]);
    expect(response).toMatchObject({ status: 408, headers: { connection: 'close' } });
    expect(JSON.parse(response!.body)).toMatchObject({ code: 'REQUEST_TIMEOUT' });
    expect(closed).toBe(true);
  });
});
