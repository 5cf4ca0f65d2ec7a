import { isApiError, readError } from '../../../../lib/tools/client/index.js';

const response = (): Response =>
  Response.json({ code: 'BOOK_NOT_EXIST', description: 'No such book.' }, { status: 404 });

describe('isApiError', () => {
  it('knows what readError gave, by any or by one of its codes', async () => {
    const error = await readError(response());
    expect(isApiError(error)).toBe(true);
    expect(isApiError(error, 'BOOK_NOT_EXIST')).toBe(true);
    expect(isApiError(error, 'DELETED', 'BOOK_NOT_EXIST')).toBe(true);
    expect(isApiError(error, 'DELETED')).toBe(false);
  });

  it('knows it when it was thrown and caught', async () => {
    const caught: unknown = await readError(response())
      .then((error) => Promise.reject(error))
      .catch((reason: unknown) => reason);
    expect(isApiError(caught, 'BOOK_NOT_EXIST')).toBe(true);
  });

  it('knows it after it went through JSON, to a worker or a store', async () => {
    const copy: unknown = JSON.parse(JSON.stringify(await readError(response())));
    expect(isApiError(copy, 'BOOK_NOT_EXIST')).toBe(true);
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'BOOK_NOT_EXIST'],
    ['an Error', new Error('BOOK_NOT_EXIST')],
    ["Node's errors", Object.assign(new Error('x'), { code: 'ECONNREFUSED' })],
    ['a body', { code: 'BOOK_NOT_EXIST', description: 'x' }],
    ['a status that is no number', { code: 'A', description: 'x', status: '404', challenges: [] }],
    ['a code that is no text', { code: 7, description: 'x', status: 404, challenges: [] }],
    ['no description', { code: 'A', status: 404, challenges: [] }],
  ])('does not take %s for one', (_, value) => {
    expect(isApiError(value)).toBe(false);
  });
});
