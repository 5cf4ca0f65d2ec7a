import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { Controller, Get, Module } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';
import { exchange, parseResponses } from '../support/raw-http.js';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Tells of a request that is being answered, until it is released. */
const slow = new EventEmitter();

@Controller()
class PlainController {
  @Get('ok') ok() {
    return { ok: true };
  }
  @Get('slow') async slow() {
    slow.emit('begun');
    await once(slow, 'released');
    return { ok: true };
  }
  @Get('things/:id') find() {
    return { ok: true };
  }
}

const plain = { imports: [ErrorsModule], controllers: [PlainController] };
const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;
const statuses = (text: string) => parseResponses(text).map(({ status }) => status);

describe.each(platforms)("listeners of the application's own, on %s", (platform) => {
  let running: RunningApp;
  let server: Server;

  beforeEach(async () => {
    running = await startApp(platform, plain, {
      setUp: (app) => {
        (app.getHttpServer() as Server).once('request', onFirst);
      },
    });
    server = running.app.getHttpServer() as Server;
  });
  afterEach(() => running.close());

  let first = 0;
  const onFirst = () => {
    first += 1;
  };

  it('that are for once are called once', async () => {
    first = 0;
    await fetch(`${running.url}/ok`);
    await fetch(`${running.url}/ok`);
    expect(first).toBe(1);
  });

  it('come and go, as before', async () => {
    let count = 0;
    const listener = () => {
      count += 1;
    };
    server.on('request', listener);
    await fetch(`${running.url}/ok`);
    server.off('request', listener);
    await fetch(`${running.url}/ok`);
    expect(count).toBe(1);
    expect(server.listeners('request')).not.toContain(listener);
  });

  it('that answer an expectation answer it alone', async () => {
    server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'content-length': 2 }).end('ok');
    });
    const { text } = await exchange(
      running.port,
      get('/ok', 'Expect: cake\r\nConnection: close\r\n'),
    );
    expect(parseResponses(text)).toMatchObject([{ status: 200, body: 'ok' }]);
  });

  it('that decide on a body before it is sent decide alone', async () => {
    server.on('checkContinue', (_request: IncomingMessage, response: ServerResponse) => {
      response.writeHead(413, { 'content-length': 0, connection: 'close' }).end();
    });
    const { text } = await exchange(
      running.port,
      'POST /ok HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n',
    );
    expect(statuses(text)).toEqual([413]);
  });

  it('that open tunnels open them', async () => {
    server.on('connect', (_request, socket) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
    const { text } = await exchange(running.port, 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n');
    expect(statuses(text)).toEqual([200]);
  });
});

describe('middleware of Express', () => {
  it('sees paths that no router could decode', async () => {
    const { url, port, close } = await startApp('express', plain, {
      setUp: (app) => {
        app.use('/proxy', (request: IncomingMessage, response: ServerResponse) => {
          response.setHeader('content-type', 'text/plain');
          response.end(request.url);
        });
      },
    });
    expect(await (await fetch(`${url}/proxy/ok`)).text()).toBe('/ok');
    const { text } = await exchange(port, get('/proxy/100%', 'Connection: close\r\n'));
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\/100%/);
    await close();
  });
});

describe.each(platforms)('shutdown, on %s', (platform) => {
  /** An application that is asked to close while `during` lasts. */
  async function closing(during: (running: RunningApp) => Promise<void>) {
    let release = () => {};
    const drained = new Promise<void>((resolve) => {
      release = resolve;
    });
    @Module(plain)
    class DrainingModule {
      beforeApplicationShutdown() {
        return drained;
      }
    }
    const running = await startApp(platform, DrainingModule);
    const closed = running.close();
    await wait(50);
    await during(running);
    release();
    await closed;
  }

  it('serves until the server closes', () =>
    closing(async ({ url }) => {
      expect((await fetch(`${url}/ok`)).status).toBe(200);
      expect(await errorAnswer(await fetch(`${url}/nowhere`))).toMatchObject({ status: 404 });
    }));

  it('serves what still arrives on a connection that the closing server waits for', async () => {
    const running = await startApp(platform, plain);
    const socket = connect(running.port, '127.0.0.1');
    const text = socket
      .setEncoding('latin1')
      .reduce((sum: string, chunk: string) => sum + chunk, '');
    const begun = once(slow, 'begun');
    socket.write(get('/slow'));
    await begun;
    const closed = running.close();
    while ((running.app.getHttpServer() as Server).listening) {
      await wait(5);
    }
    socket.write(get('/ok', 'Connection: close\r\n'));
    await wait(50);
    slow.emit('released');
    expect(statuses(await text)).toEqual([200, 200]);
    await closed;
  });
});
