import * as nest from '@nestjs/common';
import { Controller, Get, HttpException, Param } from '@nestjs/common';
import * as errors from 'nestjs-api-errors';
import { ErrorsModule } from 'nestjs-api-errors';
import createError from 'http-errors';
import { errorAnswer } from '../support/answers.js';
import { hasNest } from '../support/packages.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';

class TeaBreakException extends errors.defineException({
  code: 'TEA_BREAK',
  status: 403,
  description: 'The server is having tea.',
}) {}

const BookNotExistException = errors.ResourceNotExistException.for('BOOK');

const axiosLike = Object.assign(new Error('upstream said no'), { status: 404, statusCode: 404 });

const thrown: Record<string, () => unknown> = {
  'ours-404': () => new errors.NotFoundException(),
  'nest-404': () => new nest.NotFoundException(),
  'ours-403': () => new errors.ForbiddenException('Not you.'),
  'nest-403': () => new nest.ForbiddenException('Not you.'),
  'nest-401': () => new nest.UnauthorizedException(),
  'nest-410': () => new nest.GoneException(),
  'nest-409': () => new nest.ConflictException('Busy.'),
  'nest-500': () => new nest.InternalServerErrorException('SELECT secret'),
  'nest-503': () => new nest.ServiceUnavailableException('redis://secret'),
  'nest-413': () => new nest.PayloadTooLargeException(),
  'nest-418': () => new nest.ImATeapotException(),
  'nest-429': () => new HttpException('Slow down.', 429),
  'nest-502': () => new nest.BadGatewayException('http://internal'),
  ...(hasNest(12) && {
    'nest-error-code': () => new nest.ConflictException('Twice.', { errorCode: 'LOAN_EXISTS' }),
  }),
  'nest-list': () => new nest.BadRequestException(['a must be b', 'c must be d']),
  'nest-contract-body': () =>
    new HttpException({ code: 'LOAN_OVERDUE', description: 'Late.' }, 403),
  own: () => new TeaBreakException(),
  resource: () => new errors.ResourceNotExistException('BOOK'),
  'resource-class': () => new BookNotExistException(),
  exposed: () => new errors.InternalServerErrorException('Try the other shelf.', { expose: true }),
  hidden: () => new errors.InternalServerErrorException('SELECT secret'),
  'retry-after': () => new errors.ServiceUnavailableException({ retryAfter: 2.2 }),
  headers: () =>
    new errors.ConflictException({ headers: { 'X-Shelf': '7', 'bad\nname': 'x', bad: 'a\r\nb' } }),
  'http-error': () => createError(404, 'No such shelf.'),
  'http-error-hidden': () => createError(404, 'secret', { expose: false }),
  'http-error-500': () => createError(502, 'secret'),
  'other-library': () => axiosLike,
  'upstream-status': () => Object.assign(new Error('secret'), { status: 503, response: {} }),
  'upstream-refused': () =>
    new TypeError('fetch failed', {
      cause: Object.assign(new Error('secret'), { code: 'ECONNREFUSED' }),
    }),
  'upstream-reset': () => Object.assign(new Error('secret'), { code: 'ECONNRESET' }),
  'upstream-slow': () => new DOMException('secret', 'TimeoutError'),
  error: () => new Error('secret'),
  text: () => 'secret',
  null: () => null,
  undefined: () => undefined,
  number: () => 404,
  object: () => ({ statusCode: 404, message: 'secret' }),
  symbol: () => Symbol('secret'),
};

@Controller()
class ThrowingController {
  @Get('thrown/:name')
  fail(@Param('name') name: string): never {
    throw thrown[name]!();
  }
}

const standard = (status: number, code: string, description: unknown = expect.any(String)) => ({
  status,
  code,
  description,
  challenge: null,
});
const hidden = standard(500, 'INTERNAL_SERVER_ERROR', 'The server failed to process the request.');

const unreadable = standard(404, 'NOT_FOUND', 'The requested resource was not found.');

const expected: Record<string, object> = {
  'ours-404': standard(404, 'NOT_FOUND', 'The requested resource was not found.'),
  'nest-404': standard(404, 'NOT_FOUND', 'The requested resource was not found.'),
  'ours-403': standard(403, 'FORBIDDEN', 'Not you.'),
  'nest-403': standard(403, 'FORBIDDEN', 'Not you.'),
  'nest-401': { ...standard(401, 'UNAUTHORIZED'), challenge: 'Bearer realm="api"' },
  'nest-410': standard(410, 'DELETED'),
  'nest-409': standard(409, 'CONFLICT', 'Busy.'),
  'nest-500': hidden,
  'nest-503': standard(
    503,
    'SERVICE_UNAVAILABLE',
    'The server is temporarily unable to process the request.',
  ),
  'nest-413': standard(413, 'PAYLOAD_TOO_LARGE', 'The request body is too large.'),
  'nest-418': standard(418, 'I_AM_A_TEAPOT'),
  'nest-429': standard(429, 'TOO_MANY_REQUESTS', 'Slow down.'),
  'nest-502': standard(
    502,
    'BAD_GATEWAY',
    'A server that this one depends on gave an invalid answer.',
  ),
  ...(hasNest(12) && { 'nest-error-code': standard(409, 'LOAN_EXISTS', 'Twice.') }),
  'nest-list': standard(400, 'INVALID_PARAMETER', 'a must be b; c must be d'),
  'nest-contract-body': standard(403, 'LOAN_OVERDUE', 'Late.'),
  own: standard(403, 'TEA_BREAK', 'The server is having tea.'),
  resource: standard(404, 'BOOK_NOT_EXIST'),
  'resource-class': standard(404, 'BOOK_NOT_EXIST'),
  exposed: standard(500, 'INTERNAL_SERVER_ERROR', 'Try the other shelf.'),
  hidden,
  'retry-after': standard(503, 'SERVICE_UNAVAILABLE'),
  headers: standard(409, 'CONFLICT'),
  'http-error': standard(404, 'NOT_FOUND', 'No such shelf.'),
  'http-error-hidden': standard(404, 'NOT_FOUND', 'The requested resource was not found.'),
  'http-error-500': standard(
    502,
    'BAD_GATEWAY',
    'A server that this one depends on gave an invalid answer.',
  ),
  // As Nest does it, but for the text
  'other-library': hasNest(12) ? hidden : unreadable,
  'upstream-status': hidden,
  'upstream-refused': hidden,
  'upstream-reset': hidden,
  'upstream-slow': hidden,
  error: hidden,
  text: hidden,
  null: hidden,
  undefined: hidden,
  number: hidden,
  object: unreadable,
  symbol: hidden,
};

describe.each(platforms)('what a handler throws, on %s', (platform) => {
  let running: RunningApp;

  beforeAll(async () => {
    running = await startApp(platform, {
      imports: [ErrorsModule],
      controllers: [ThrowingController],
    });
  });
  afterAll(() => running.close());

  it.each(Object.keys(thrown))('%s', async (name) => {
    const answer = await errorAnswer(await fetch(`${running.url}/thrown/${name}`));
    expect(answer).toMatchObject(expected[name]!);
    expect(Object.keys(answer.body)).toEqual(['code', 'description']);
  });

  it('sends Retry-After in whole seconds, rounded up', async () => {
    const { headers } = await fetch(`${running.url}/thrown/retry-after`);
    expect(headers.get('retry-after')).toBe('3');
  });

  it('sends the headers of an exception and drops those that are not HTTP', async () => {
    const { headers } = await fetch(`${running.url}/thrown/headers`);
    expect(headers.get('x-shelf')).toBe('7');
    expect(headers.get('bad')).toBeNull();
  });

  it('answers HEAD with the same status and headers, and no body', async () => {
    const get = await fetch(`${running.url}/thrown/own`);
    const head = await fetch(`${running.url}/thrown/own`, { method: 'HEAD' });
    expect(head.status).toBe(403);
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    expect(await head.text()).toBe('');
  });

  it('answers unknown routes without repeating the path', async () => {
    const answer = await errorAnswer(await fetch(`${running.url}/nothing?secret=1`));
    expect(answer).toMatchObject(
      standard(404, 'NOT_FOUND', 'The requested resource was not found.'),
    );
  });
});
