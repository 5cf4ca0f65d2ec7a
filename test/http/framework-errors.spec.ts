import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';

@Controller('things')
class ThingsController {
  @Post() create(@Body() body: object) {
    return body;
  }
  @Get(':id') find(@Param('id') id: string) {
    return { id };
  }
}

const json = { 'content-type': 'application/json' };

const cases: [string, string, RequestInit, number, string, string][] = [
  [
    'malformed JSON',
    'things',
    { method: 'POST', headers: json, body: '{"SECRET"' },
    400,
    'BAD_REQUEST',
    'The request is malformed or its body cannot be read.',
  ],
  [
    'JSON that is no object',
    'things',
    { method: 'POST', headers: json, body: 'SECRET' },
    400,
    'BAD_REQUEST',
    'The request is malformed or its body cannot be read.',
  ],
  [
    'a body too large',
    'things',
    { method: 'POST', headers: json, body: `"${'x'.repeat(2_000_000)}"` },
    413,
    'PAYLOAD_TOO_LARGE',
    'The request body is too large.',
  ],
  ['an unknown route', 'nothing', {}, 404, 'NOT_FOUND', 'The requested resource was not found.'],
  [
    'an unknown method',
    'things/1',
    { method: 'DELETE' },
    404,
    'NOT_FOUND',
    'The requested resource was not found.',
  ],
];

describe.each(platforms)('what the framework refuses, on %s', (platform) => {
  let running: RunningApp;

  beforeAll(async () => {
    running = await startApp(platform, {
      imports: [ErrorsModule],
      controllers: [ThingsController],
    });
  });
  afterAll(() => running.close());

  it.each(cases)('%s', async (_what, path, init, status, code, description) => {
    const answer = await errorAnswer(await fetch(`${running.url}/${path}`, init));
    expect(answer).toMatchObject({ status, code, description, challenge: null });
    expect(JSON.stringify(answer.body)).not.toContain('SECRET');
  });

  it('an unsupported character set or media type', async () => {
    const type = platform === 'express' ? 'application/json; charset=klingon' : 'text/klingon';
    const init = { method: 'POST', headers: { 'content-type': type }, body: 'x' };
    const answer = await errorAnswer(await fetch(`${running.url}/things`, init));
    expect(answer).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
    expect(answer.description).not.toContain('klingon');
  });
});
