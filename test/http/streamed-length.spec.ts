import { createReadStream } from 'node:fs';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Controller, Get, Head, Header, type LoggerService, StreamableFile } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';

const file = (text: readonly string[], length: number) =>
  new StreamableFile(
    Readable.from(
      (async function* () {
        for (const part of text) {
          yield part;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })(),
      { objectMode: false },
    ),
    { length },
  );

@Controller()
class FilesController {
  @Get('shorter') shorter() {
    return file(['some', ' of it'], 100);
  }
  @Get('empty') empty() {
    return file([], 100);
  }
  @Get('longer') longer() {
    return file(['all', 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged'], 3);
  }
  @Get('exact') exact() {
    return file(['all', ' of', ' it ü'], 12);
  }
  @Get('undeclared') undeclared() {
    return new StreamableFile(createReadStream(fileURLToPath(import.meta.url)));
  }
  @Header('Content-Length', '1234')
  @Head('head')
  head() {
    return file([], 1234);
  }
}

describe.each(platforms)('a stream with a Content-Length, on %s', (platform) => {
  let running: RunningApp;
  const errors: string[] = [];

  beforeAll(async () => {
    const logger: LoggerService = {
      log() {},
      warn() {},
      error(entry: unknown, ...rest: readonly unknown[]) {
        // Nest's own StreamableFile has a word, too
        if (rest.at(-1) === 'ErrorsModule') {
          errors.push(String(entry));
        }
      },
    };
    running = await startApp(
      platform,
      { imports: [ErrorsModule], controllers: [FilesController] },
      { logger },
    );
  });
  afterAll(() => running.close());
  beforeEach(() => {
    errors.length = 0;
  });

  /** What a connection that is kept alive gets within a second, and whether it ended. */
  async function read(path: string) {
    const socket = connect(running.port, '127.0.0.1').setEncoding('latin1');
    let text = '';
    socket.on('data', (chunk: string) => (text += chunk)).on('error', () => undefined);
    socket.write(`GET /${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const isClosed = await Promise.race([
      new Promise<boolean>((resolve) => socket.once('close', () => resolve(true))),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1000)),
    ]);
    socket.destroy();
    // What the cut itself breaks may be told late
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { text, isClosed };
  }

  it('that is shorter is cut, so that nobody waits for the rest', async () => {
    const { text, isClosed } = await read('shorter');
    expect(text).toContain('some of it');
    expect(isClosed).toBe(true);
    expect(errors.join()).toContain('has 10 bytes, and not the 100 of its Content-Length');
  });

  it('that is longer is cut before what would be the next answer', async () => {
    const { text, isClosed } = await read('longer');
    expect(text).toMatch(/\r\n\r\nall$/);
    expect(isClosed).toBe(true);
    expect(errors).toEqual([expect.stringContaining('not the 3 of its Content-Length')]);
  });

  it('that has nothing is a fault', async () => {
    const answer = await errorAnswer(await fetch(`${running.url}/empty`));
    expect(answer).toMatchObject({ status: 500, code: 'INTERNAL_SERVER_ERROR' });
  });

  it.each(['exact', 'undeclared'])('/%s arrives as it is', async (path) => {
    const response = await fetch(`${running.url}/${path}`);
    expect(response.status).toBe(200);
    expect((await response.text()).length).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  it('is none where there is no body', async () => {
    const response = await fetch(`${running.url}/head`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('1234');
    expect(errors).toEqual([]);
  });
});
