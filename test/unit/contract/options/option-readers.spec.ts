import { isClass } from '../../../../lib/contract/options/is-class.js';
import {
  flag,
  listOf,
  numberFrom,
  objectOf,
  objectWith,
  oneOf,
  optional,
  secretThat,
  texts,
  that,
  withDefault,
} from '../../../../lib/contract/options/option-readers.js';

const read = objectOf({
  on: flag(),
  mode: withDefault('a', oneOf(['a', 'b'])),
  age: optional(numberFrom(1, 60, { unit: 'seconds' })),
  count: optional(numberFrom(1, Number.MAX_SAFE_INTEGER, { whole: true })),
  names: optional(texts('a name')),
  list: optional(listOf<number>('takes numbers', (item) => typeof item === 'number')),
  store: optional(objectWith<object>('takes a store', 'get', 'set')),
  secret: optional(secretThat<string>('is a text', (given) => typeof given === 'string')),
  inner: objectOf({ deep: flag(true) }),
  any: optional(that<string>('takes a text', (given) => typeof given === 'string')),
});

it('completes what is not given', () => {
  expect(read(undefined, 'Library')).toEqual({
    on: false,
    mode: 'a',
    age: undefined,
    count: undefined,
    names: undefined,
    list: undefined,
    store: undefined,
    secret: undefined,
    inner: { deep: true },
    any: undefined,
  });
});

it('keeps what is right', () => {
  const store = { get: () => undefined, set: () => undefined };
  const given = { on: true, mode: 'b', age: 60, count: 7, names: 'x', list: [1], store, any: '' };
  expect(read(given, 'Library')).toMatchObject({ ...given, names: ['x'] });
});

it.each<[unknown, string]>([
  [7, 'Library takes an object with on, mode, age'],
  [[], 'got an array'],
  [null, 'got null'],
  [{ of: 1 }, 'Library: of is no option; there are on, mode'],
  [{ on: 'yes' }, "Library: on takes true or false; got 'yes'."],
  [{ on: null }, 'Library: on takes true or false; got null.'],
  [{ mode: 'c' }, "Library: mode takes a, b; got 'c'."],
  [{ age: 61 }, 'Library: age takes seconds, 1 to 60; got 61.'],
  [{ age: Number.NaN }, 'got NaN'],
  [{ count: 1.5 }, 'Library: count takes a whole number, 1 at least; got 1.5.'],
  [{ names: [] }, 'Library: names is needed: a name, or an array of one or more; got an array.'],
  [{ names: ['a', ''] }, 'Library: names is needed'],
  [{ list: ['a'] }, 'Library: list takes numbers'],
  [{ store: { get: 1 } }, 'Library: store takes a store; got an object.'],
  [{ secret: 12345678 }, 'Library: secret is a text.'],
  [{ inner: { deeper: true } }, 'Library: inner.deeper is no option; there are deep.'],
  [{ inner: { deep: 0 } }, 'Library: inner.deep takes true or false; got 0.'],
  [{ any: () => 1 }, 'got a function'],
])('refuses %j', (given, message) => {
  expect(() => read(given, 'Library')).toThrow(TypeError);
  expect(() => read(given, 'Library')).toThrow(message);
});

it('repeats no more than a hundred characters of what was given', () => {
  expect(() => read({ mode: 'x'.repeat(10_000) }, 'Library')).toThrow(/^.{1,140}$/);
});

it.each<[string, unknown, boolean]>([
  ['a class', class {}, true],
  ['Error', Error, true],
  ['an error class compiled to a function', compiledError(), true],
  ['a class compiled to a function', compiledClass(), true],
  ['a function', function predicate() {}, false],
  ['an arrow function', () => true, false],
  ['an async function', async () => true, false],
  ['an object', {}, false],
  ['nothing', undefined, false],
])('%s is a class or is not', (_what, value, isOne) => {
  expect(isClass(value)).toBe(isOne);
});

function compiledError() {
  function DatabaseError() {}
  DatabaseError.prototype = Object.create(Error.prototype) as object;
  return DatabaseError;
}

function compiledClass() {
  function Verifier() {}
  Verifier.prototype.verify = () => undefined;
  return Verifier;
}
