import { readDpop } from '../../../../lib/access/dpop/dpop.settings.js';

const resource = 'https://api.example.com/v1';

test.each([
  [undefined, undefined],
  [false, undefined],
  [true, { required: false, baseUrl: 'https://api.example.com', maxAge: 60, clockTolerance: 10 }],
  ['required', { required: true }],
  [{ baseUrl: 'https://proxy.example.com/api/' }, { baseUrl: 'https://proxy.example.com/api' }],
  [
    { algorithms: ['ES256'], nonce: true },
    { algorithms: new Set(['ES256']), nonce: true },
  ],
])('%j is understood', (dpop, settings) => {
  const found = readDpop(dpop, 'ErrorsModule: bearer.dpop', resource);
  if (settings === undefined) {
    expect(found).toBeUndefined();
  } else {
    expect(found).toMatchObject(settings);
  }
});

test.each([
  ['a word', 'yes', /bearer\.dpop takes true, 'required' or DpopOptions/],
  ['null', null, /bearer\.dpop takes/],
  ['an unknown option', { jti: true }, /bearer\.dpop\.jti is no option/],
  ['HMAC', { algorithms: ['HS256'] }, /bearer\.dpop\.algorithms takes asymmetric/],
  ['no algorithm', { algorithms: [] }, /bearer\.dpop\.algorithms/],
  ['an hour', { maxAge: 3_600 }, /bearer\.dpop\.maxAge takes seconds/],
  ['NaN', { maxAge: Number.NaN }, /bearer\.dpop\.maxAge/],
  ['a wide clock', { clockTolerance: 301 }, /bearer\.dpop\.clockTolerance/],
  ['a path', { baseUrl: '/v1' }, /bearer\.dpop\.baseUrl is needed/],
  ['a query', { baseUrl: 'https://api.example.com/?a' }, /bearer\.dpop\.baseUrl/],
  ['Keyv', { store: new Map() }, /bearer\.dpop\.store takes a SharedStore/],
  ['a nonce of text', { nonce: 'n' }, /bearer\.dpop\.nonce takes true or false/],
  ['a text', { required: 'yes' }, /bearer\.dpop\.required takes true or false/],
])('%s is refused with the fix', (_, dpop, message) => {
  expect(() => readDpop(dpop, 'ErrorsModule: bearer.dpop', resource)).toThrow(message);
});

test('where the API is has to be said: no header of a caller decides it', () => {
  expect(() => readDpop(true, 'ErrorsModule: bearer.dpop', undefined)).toThrow(
    /bearer\.dpop\.baseUrl is needed/,
  );
});
