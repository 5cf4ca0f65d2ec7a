import { NotFoundException } from '@nestjs/common';
import { ResourceNotExistException } from 'nestjs-api-errors';
import { upstreamErrors } from '../../../../lib/mapping/upstream/upstream-errors.js';
import type { UpstreamOptions } from '../../../../lib/mapping/upstream/upstream.options.js';

const mapper = upstreamErrors();
const statusOf = (error: unknown): number | undefined => mapper.toException(error)?.getStatus();

describe('upstreamErrors()', () => {
  it.each([
    [{ passOn: 'BOOK_NOT_EXIST' }, 'upstreamErrors: passOn takes an array of codes'],
    [{ passOn: ['book'] }, 'upstreamErrors: passOn takes an array of codes'],
    [{ statuses: { 200: NotFoundException } }, 'upstreamErrors: statuses takes an object of'],
    [{ statuses: { 404: 'NOT_FOUND' } }, 'upstreamErrors: statuses takes an object of'],
    [{ passon: [] }, 'upstreamErrors: passon is no option; there are passOn, statuses'],
  ])('refuses %j', (options, message) => {
    expect(() => upstreamErrors(options as UpstreamOptions)).toThrow(message);
  });

  it('takes classes of either kind by status', () => {
    const statuses = { 404: ResourceNotExistException.for('BOOK'), 410: NotFoundException };
    expect(() => upstreamErrors({ statuses })).not.toThrow();
  });

  it.each([
    ['at any depth that people use', [504, { cause: { cause: { cause: { code: 'ETIMEDOUT' } } } }]],
    ['of one of several addresses', [503, { errors: [{ code: 'ECONNREFUSED' }] }]],
    ['the code before the name', [502, { name: 'TimeoutError', code: 'ECONNRESET' }]],
    [
      'a throttle of AWS under a 400',
      [503, { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }],
    ],
    ['a reply of Redis', [503, { name: 'ReplyError', message: 'LOADING Redis is loading' }]],
    ['another reply of Redis', [undefined, { name: 'ReplyError', message: 'WRONGTYPE no' }]],
    ['an error of http-errors', [undefined, { status: 404, headers: {}, expose: true }]],
    ['a status alone', [undefined, { status: 503 }]],
  ] as const)('reads %s', (_, [status, error]) => {
    expect(statusOf(error)).toBe(status);
  });

  it('ends where causes go round in a circle', () => {
    const error = new Error('a');
    error.cause = new Error('b', { cause: error });
    expect(statusOf(error)).toBeUndefined();
  });
});
