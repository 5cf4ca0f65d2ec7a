import { InvalidTokenException } from '../../../../lib/contract/exceptions/bearer.exceptions.js';
import { IntrospectionTokenVerifier } from '../../../../lib/tokens/introspection/index.js';

const good = {
  issuer: 'https://login.example.com',
  audience: 'https://api.example.com',
  clientId: 'api',
  clientSecret: 'secret',
};

test.each([
  ['no issuer', { issuer: undefined }, 'issuer'],
  ['http on the network', { issuer: 'http://login.example.com' }, 'issuer'],
  ['no audience', { audience: undefined }, 'audience'],
  ['an empty audience', { audience: [] }, 'audience'],
  ['no client', { clientId: '' }, 'clientId'],
  ['neither secret nor key', { clientSecret: undefined }, 'clientSecret'],
  ['secret and key', { privateKey: {} }, 'clientSecret'],
  ['an empty secret', { clientSecret: '' }, 'clientSecret'],
  ['a key that is none', { clientSecret: undefined, privateKey: 'pem' }, 'privateKey'],
  ['a method that is none', { clientAuthentication: 'none' }, 'clientAuthentication'],
  ['an endpoint of http', { endpoint: 'http://login.example.com/introspect' }, 'endpoint'],
  ['a cache of text', { cache: 'yes' }, 'cache'],
  ['a cache of an hour', { cache: { maxAge: 3_600 } }, 'cache.maxAge'],
  ['a cache of nothing', { cache: { maxEntries: 0 } }, 'cache.maxEntries'],
  ['no room for a question', { questions: { maxInFlight: 0 } }, 'questions.maxInFlight'],
  ['half a question a second', { questions: { maxPerSecond: 0.5 } }, 'questions.maxPerSecond'],
  ['an unknown bound', { questions: { max: 1 } }, 'questions.max'],
  ['a store that is none', { cache: { store: new Map() } }, 'cache.store'],
])('%s is refused with the fix', (_, more, option) => {
  expect(() => new IntrospectionTokenVerifier({ ...good, ...more } as never)).toThrow(
    new RegExp(`^IntrospectionTokenVerifier: ${option.replace('.', '\\.')} `),
  );
});

test('a token over 16 KiB is refused before anybody is asked', () => {
  const verifier = new IntrospectionTokenVerifier(good);
  expect(() => verifier.verify('x'.repeat(16_385))).toThrow(InvalidTokenException);
});
