import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { hasNest } from '../support/packages.js';
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
  ['two Hosts', 'GET /fast HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400, 'BAD_REQUEST'],
  ['one Host twice', 'GET /fast HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n', 400, 'BAD_REQUEST'],
  ['two Hosts of HTTP/1.0', 'GET /fast HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n', 400, 'BAD_REQUEST'],
  ...[
    'a b',
    'a/b',
    'user@a',
    'a:b',
    '[::1',
    '::1',
    '[g]',
    'a%zz',
    'a,b:c',
    '"a"',
    'a\u00e9',
    'http://a',
  ].map((value): [string, string, number, string] => [
    `the Host ${value}`,
    `GET /fast HTTP/1.1\r\nHost: ${value}\r\n\r\n`,
    400,
    'BAD_REQUEST',
  ]),
  [
    'a tunnel',
    'CONNECT db.internal:5432 HTTP/1.1\r\nHost: db.internal:5432\r\n\r\n',
    405,
    'METHOD_NOT_ALLOWED',
  ],
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

  it.each(['a', 'a_b.example:80', '127.0.0.1:3000', '[::1]:3000', '[v1.a:b]', 'a%20b', 'a:', ''])(
    'the Host "%s" is one',
    async (value) => {
      const bytes = `GET /fast HTTP/1.1\r\nHost: ${value}\r\nConnection: close\r\n\r\n`;
      const { text } = await exchange(running.port, bytes);
      expect(parseResponses(text)).toMatchObject([{ status: 200 }]);
    },
  );

  it('a tunnel behind a request is answered after it', async () => {
    const { text, closed } = await exchange(
      running.port,
      `${get('/slow')}CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n`,
    );
    expect(parseResponses(text).map(({ status }) => status)).toEqual([200, 405]);
    expect(closed).toBe(true);
  });

  it('a path parameter that the router finds too long', async () => {
    const response = await fetch(`${running.url}/things/${'x'.repeat(101)}`);
    if (platform === 'express') {
      // Express has no such limit
      expect(response.status).toBe(200);
    } else {
      // A parameter too long matches no route, to the Fastify of older Nests
      const expected = hasNest(11, 2)
        ? { status: 414, code: 'URI_TOO_LONG' }
        : { status: 404, code: 'NOT_FOUND' };
      expect(await errorAnswer(response)).toMatchObject(expected);
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

describe.each(platforms)('more requests than a connection may have, on %s', (platform) => {
  it.each([
    ['pipelined', ['/slow', '/fast', '/fast']],
    ['one after the other', ['/fast', '/fast']],
  ])('%s are answered with 503', async (what, paths) => {
    const { port, close } = await startApp(
      platform,
      { imports: [ErrorsModule], controllers: [PlainController] },
      { setUp: (app) => void Object.assign(app.getHttpServer(), { maxRequestsPerSocket: 1 }) },
    );
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    const ended = once(socket, 'end');
    for (const path of paths) {
      socket.write(get(path));
      await new Promise((resolve) => setTimeout(resolve, what === 'pipelined' ? 0 : 100));
    }
    await ended;
    const [first, second, ...more] = parseResponses(text);
    expect(first!.status).toBe(200);
    expect(second).toMatchObject({ status: 503, headers: { connection: 'close' } });
    expect(JSON.parse(second!.body)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(more).toEqual([]);
    await close();
  });
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
