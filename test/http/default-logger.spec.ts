import { stripVTControlCharacters } from 'node:util';
import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { type PlatformName, platforms, startApp } from '../support/platforms.js';

const root = new Error('connection refused by 10.0.0.1');

@Controller('books')
class FailingController {
  @Get(':name') fail(@Param('name') name: string): never {
    throw name === 'missing' ? new NotFoundException() : new Error('query failed', { cause: root });
  }
}

/** What a request leaves on the terminal, without colours. */
async function printed(platform: PlatformName, path: string) {
  const imports = [ErrorsModule.forRoot({ undeclared: 'ignore' })];
  const { url, close } = await startApp(
    platform,
    { imports, controllers: [FailingController] },
    { logger: 'default' },
  );
  let text = '';
  const streams = [process.stdout, process.stderr] as const;
  const writes = streams.map((stream) => stream.write);
  for (const stream of streams) {
    stream.write = (chunk: unknown) => {
      text += String(chunk);
      return true;
    };
  }
  try {
    const { headers } = await errorAnswer(await fetch(`${url}/books/${path}`));
    return { requestId: headers.get('x-request-id')!, text: stripVTControlCharacters(text) };
  } finally {
    streams.forEach((stream, i) => {
      stream.write = writes[i]!;
    });
    await close();
  }
}

/** As an application has it that says nothing of a logger. */
describe.each(platforms)("Nest's default logger, on %s", (platform) => {
  it('prints a 5xx on its line, with stack and causes', async () => {
    const { requestId, text } = await printed(platform, 'fault');
    expect(text).toMatch(/ERROR \[ErrorsModule\] GET \/books\/:name 500 INTERNAL_SERVER_ERROR: /);
    expect(text).toContain(`[${requestId}]\nError: query failed\n`);
    expect(text).toMatch(/\n +at .*\n[^]*\nCaused by: Error: connection refused by 10\.0\.0\.1\n/);
    expect(text).not.toContain('LogEntry');
  });

  it('prints a 4xx on one line', async () => {
    const { requestId, text } = await printed(platform, 'missing');
    expect(text).toMatch(/DEBUG \[ErrorsModule\] GET \/books\/:name 404 NOT_FOUND: /);
    expect(text).toContain(requestId);
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  });
});
