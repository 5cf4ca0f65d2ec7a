import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Body, Controller, Post } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { platforms, startApp } from '../support/platforms.js';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

const CONNECTIONS = 150;
/** What 150 connections take by themselves, on both of their sides. */
const MAX_GROWTH = 20 * 1024 * 1024;

@Controller()
class PlainController {
  @Post('echo') echo(@Body() body: object) {
    return body;
  }
}

/** 99 KB, of which a parser makes 2.6 MB. */
const body = `[${'{},'.repeat(33_000)}{}]`;
const post = (path: string) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** Sends a request and reads its answer; the connection stays. */
async function send(socket: Socket, request: string): Promise<string> {
  let text = '';
  const isWhole = () => {
    const [, length] = /content-length: (\d+)/i.exec(text) ?? [];
    const start = text.indexOf('\r\n\r\n') + 4;
    return length !== undefined && start > 3 && text.length >= start + Number(length);
  };
  const read = (chunk: Buffer) => {
    text += chunk.toString('latin1');
  };
  socket.on('data', read);
  socket.write(request);
  while (!isWhole()) {
    await once(socket, 'data');
  }
  socket.off('data', read);
  return text;
}

async function heap(): Promise<number> {
  for (let i = 0; i < 3; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    gc();
  }
  return process.memoryUsage().heapUsed;
}

/** A body that a connection leaves behind costs 2.6 MB: 150 of them 390 MB. */
describe.each(platforms)('connections that are kept alive, on %s', (platform) => {
  it.each([
    ['nowhere', '404 Not Found'],
    ['echo', '201 Created'],
  ])(
    'hold nothing of a finished POST /%s',
    async (path, status) => {
      const { port, close } = await startApp(platform, {
        imports: [ErrorsModule],
        controllers: [PlainController],
      });
      const sockets: Socket[] = [];
      const open = async () => {
        const socket = connect(port, '127.0.0.1');
        await once(socket, 'connect');
        sockets.push(socket);
        expect(await send(socket, post(`/${path}`))).toContain(status);
      };
      await open();
      const before = await heap();
      while (sockets.length < CONNECTIONS) {
        await open();
      }
      const growth = (await heap()) - before;
      expect(sockets.every(({ readyState }) => readyState === 'open')).toBe(true);
      expect(growth).toBeLessThan(MAX_GROWTH);
      for (const socket of sockets) {
        socket.destroy();
      }
      await close();
    },
    60_000,
  );
});
