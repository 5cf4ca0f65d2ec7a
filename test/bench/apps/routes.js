import { Get, Param } from '@nestjs/common';

/** What an answer of 200 says: the very bytes of the 404 of this library. */
const NOT_FOUND = { code: 'NOT_FOUND', description: 'The requested resource was not found.' };

/**
 * The routes of every application but the one of validation.
 *
 * @param {new () => Error} NotFound what the handler of `/missing` throws
 * @returns {Record<string, import('./nest.module.js').Route>}
 */
export function routes(NotFound) {
  return {
    hello: { route: Get('hello'), handle: () => ({ hello: 'world' }) },
    item: {
      route: Get('items/:id'),
      parameters: [Param('id')],
      types: [String],
      handle: (id) => ({ id }),
    },
    sameBytes: { route: Get('same-bytes'), handle: () => NOT_FOUND },
    missing: {
      route: Get('missing'),
      handle: () => {
        throw new NotFound();
      },
    },
    broken: {
      route: Get('broken'),
      handle: () => {
        throw new Error('Nobody foresaw this.');
      },
    },
  };
}
