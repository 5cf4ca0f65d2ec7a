import type { ServerResponse } from 'node:http';
import { pino } from 'pino';
import { noteError } from '../../../../lib/answers/http/noted-error.js';
import { LoggedError } from '../../../../lib/answers/report/logged-error.js';

const serialize = pino.stdSerializers.err as (error: unknown) => { message?: string };

function noted(thrown: unknown, members: object = { log: {} }): unknown {
  const response = { ...members } as unknown as ServerResponse & { err?: unknown };
  noteError(response, thrown);
  return response.err;
}

function nested(depth: number): object {
  let value: object = { message: '' };
  for (let i = 0; i < depth; i += 1) {
    value = { message: '', a: value };
  }
  return value;
}

describe('the error that is noted for pino-http', () => {
  it('is the one that was thrown, with the errors in it', () => {
    const cause = new Error('why');
    const plain = Object.assign(new Error('up', { cause }), { code: 'E', body: { title: 'x' } });
    expect(noted(plain)).toBe(plain);
    const aggregate = new AggregateError([new Error('one')], 'all');
    expect(noted(aggregate)).toBe(aggregate);
    const assigned = Object.assign(new Error('up'), { cause });
    expect(noted(assigned)).toBe(assigned);
  });

  it.each<[string, unknown]>([
    ['carries what a caller nested', Object.assign(new Error('up'), { body: nested(5_200) })],
    [
      'carries a frozen message',
      Object.assign(new Error('up'), { claims: Object.freeze({ message: 'm' }) }),
    ],
    [
      'aggregates a frozen message',
      Object.assign(new Error('up'), { errors: [Object.freeze({ message: 'm' })] }),
    ],
    [
      'aggregates one over and over',
      (() => {
        let error: Error = new Error('first');
        for (let i = 0; i < 8; i += 1) {
          error = new AggregateError(Array(8).fill(error), 'up');
        }
        return error;
      })(),
    ],
    ['aggregates a great many', new AggregateError(Array(1_000).fill('one'), 'up')],
    ['is frozen', Object.freeze(new Error('up'))],
    [
      'carries itself',
      (() => {
        const e = new Error('up');
        return Object.assign(e, { self: e });
      })(),
    ],
  ])('is a safe one where what was thrown %s', (_, thrown) => {
    const err = noted(thrown);
    expect(err).toBeInstanceOf(LoggedError);
    expect(serialize(err)).toMatchObject({ message: 'up' });
  });

  it('is not there without a logger of requests, and one that is there stays', () => {
    expect(noted(new Error('up'), {})).toBeUndefined();
    expect(noted(new Error('up'), { log: {}, err: 'own' })).toBe('own');
  });
});
