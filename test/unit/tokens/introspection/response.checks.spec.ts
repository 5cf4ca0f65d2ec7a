import fc from 'fast-check';
import { refusalOf } from '../../../../lib/tokens/introspection/response.checks.js';

const rules = { issuer: 'https://login.example.com', audiences: new Set(['api', 'other']) };
const NOW = 1_000_000;
const good = { active: true, aud: 'api', exp: NOW + 1 };

test.each([
  ['no more than it needs', { exp: undefined }],
  ['several audiences', { aud: ['elsewhere', 'other'] }],
  ['its issuer', { iss: rules.issuer }],
  ['the type of RFC 6750', { token_type: 'Bearer' }],
  ['a type in lower case', { token_type: 'bearer' }],
  ['a key', { token_type: 'DPoP', cnf: { jkt: 'thumbprint' } }],
  ['a time from which it is good', { nbf: NOW }],
])('a token with %s is good', (_, more) => {
  expect(refusalOf({ ...good, ...more }, rules, NOW)).toBeUndefined();
});

test.each([
  ['not active', { active: false }, 'invalid'],
  ['another issuer', { iss: 'https://evil.example.com' }, 'invalid'],
  ['another audience', { aud: 'elsewhere' }, 'invalid'],
  ['no audience', { aud: undefined }, 'invalid'],
  ['an audience in an array in an array', { aud: [['api']] }, 'invalid'],
  ['its last second', { exp: NOW }, 'expired'],
  ['an exp of text', { exp: String(NOW + 1) }, 'invalid'],
  ['an nbf of the future', { nbf: NOW + 1 }, 'invalid'],
  ['an nbf of text', { nbf: '0' }, 'invalid'],
  ['the type of a refresh token', { token_type: 'refresh_token' }, 'invalid'],
  ['a type that is no text', { token_type: ['Bearer'] }, 'invalid'],
  ['a key that is not there', { token_type: 'DPoP' }, 'invalid'],
  ['a key of null', { token_type: 'DPoP', cnf: null }, 'invalid'],
])('a token with %s is refused', (_, more, kind) => {
  expect(refusalOf({ ...good, ...more }, rules, NOW)?.[0]).toBe(kind);
});

test('nothing that an issuer says makes it throw, and nothing but its audience makes it good', () => {
  fc.assert(
    fc.property(fc.object(), fc.boolean(), (answer, active) => {
      expect(refusalOf({ ...answer, aud: 'elsewhere', active }, rules, NOW)).toBeDefined();
    }),
  );
});
