import {
  ConflictException,
  InternalServerErrorException,
} from '../../../../lib/contract/exceptions/contract.exceptions.js';
import { isApiException } from '../../../../lib/contract/exceptions/api.exception.js';
import {
  InsufficientScopeException,
  InvalidTokenException,
} from '../../../../lib/contract/exceptions/bearer.exceptions.js';
import {
  InvalidResourceException,
  ResourceNotExistException,
} from '../../../../lib/contract/exceptions/resource.exceptions.js';
import { TokenRefusal } from '../../../../lib/tokens/token-refusal.js';

describe('an exception knows whether its description was given', () => {
  it.each([
    ['nothing', new ConflictException(), false],
    ['options', new ConflictException({ retryAfter: 1 }), false],
    ['a description', new ConflictException('Busy.'), true],
    ['one without anything to read', new ConflictException('\n'), false],
    ['a 5xx that hides it', new InternalServerErrorException('secret'), false],
    ['a 5xx that shows it', new InternalServerErrorException('fire', { expose: true }), true],
    ['a refusal', new InvalidTokenException(), false],
    ['a refusal with options', new InvalidTokenException({ cause: new Error('x') }), false],
    ['a refusal with a description', new InvalidTokenException('Expired.'), true],
    ['a missing scope', new InsufficientScopeException(['a']), false],
  ])('made with %s', (_what, exception, isGiven) => {
    expect(exception.isDescriptionGiven).toBe(isGiven);
  });
});

it('a refusal says its description in the challenge too, whatever else it was made with', () => {
  const cause = new Error('reason');
  const { description, challenges, cause: kept } = new InvalidTokenException({ cause });
  expect(kept).toBe(cause);
  expect(challenges).toEqual([
    {
      scheme: 'Bearer',
      params: { error: 'invalid_token', error_description: InvalidTokenException.description },
    },
  ]);
  expect(description).toBe(InvalidTokenException.description);
});

it('two rows that make one code have two classes', () => {
  const invalid = InvalidResourceException.for('BOOK_NOT_EXIST');
  const notExist = ResourceNotExistException.for('INVALID_BOOK');
  expect([invalid.code, notExist.code]).toEqual([
    'INVALID_BOOK_NOT_EXIST',
    'INVALID_BOOK_NOT_EXIST',
  ]);
  expect([new invalid().getStatus(), new notExist().getStatus()]).toEqual([400, 404]);
});

it('stack traces are taken again, whatever fails while an exception is made', () => {
  const limit = Error.stackTraceLimit;
  const hostile = {
    get cause() {
      throw new Error('getter');
    },
  };
  const facts = {
    get kid() {
      throw new Error('getter');
    },
  };
  expect(() => new ConflictException('Busy.', hostile as never)).toThrow('getter');
  expect(() => new TokenRefusal('reason', facts as never)).toThrow('getter');
  expect(Error.stackTraceLimit).toBe(limit);
});

describe('an exception of another copy of this library is known', () => {
  it.each([
    ['one of this copy', new ConflictException(), true],
    [
      'one of another copy',
      Object.create({ [Symbol.for('nestjs-api-errors:exception')]: true }),
      true,
    ],
    ['an error', new Error('x'), false],
    ['null', null, false],
    ['a text', 'CONFLICT', false],
  ])('%s', (_what, value: unknown, isOne) => {
    expect(isApiException(value)).toBe(isOne);
  });
});
