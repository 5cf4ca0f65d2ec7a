import { describe, expect, test } from '@jest/globals';
import { JwtTokenVerifier } from '../../../../lib/tokens/jwt/index.js';
import { createIssuerKeys, toPublicKey } from '../../../support/issuer.keys.js';

const good = { issuer: 'https://login.example.com', audience: 'https://api.example.com' };

const make = (options: object) => new JwtTokenVerifier({ ...good, ...options });

describe('JwtTokenVerifier takes', () => {
  test.each([
    [{}],
    [{ issuer: ['https://a.example', 'https://b.example/tenant/'] }],
    [{ issuer: 'http://127.0.0.1:4000' }],
    [{ issuer: 'http://127.8.9.10' }],
    [{ issuer: 'http://[::1]:4000/x' }],
    [{ issuer: 'http://localhost:4000' }],
    [{ audience: ['a', 'b'] }],
    [{ algorithms: ['ES256', 'EdDSA'] }],
    [{ typ: false }],
    [{ typ: 'application/at+JWT' }],
    [{ typ: null }],
    [{ typ: ['JWT', 'at+jwt', null] }],
    [{ audience: undefined, clientIds: 'web' }],
    [{ clientIds: ['web', 'app'] }],
    [{ required: ['azp', ['scp', 'roles']] }],
    [{ forbidden: ['nonce'] }],
    [{ claims: { ver: ['2.0', null], n: 1, ok: true, sub: /^a/, k: { namespace: ['a', 'b'] } } }],
    [{ issuer: 'http://keycloak:8080/realms/shop', allowInsecureIssuer: true }],
    [{ allowInsecureIssuer: true, jwksUri: 'http://keycloak:8080/keys' }],
    [{ issuer: 'https://login.example.com/{tid}/v2.0', jwksUri: 'https://login.example.com/keys' }],
    [{ issuer: undefined, audience: undefined, secret: 's'.repeat(32) }],
    [{ secret: Buffer.alloc(64, 1), algorithms: ['HS256', 'HS512'] }],
    [{ clockTolerance: 5 }],
    [{ jwksUri: 'https://login.example.com/keys?v=1' }],
    [{ cache: false }],
    [{ cache: { maxEntries: 1, maxAge: 0 } }],
  ])('%j', (options) => {
    expect(() => make(options)).not.toThrow();
  });
});

describe('JwtTokenVerifier names the wrong option', () => {
  test.each([
    ['issuer', { issuer: undefined }],
    ['issuer', { issuer: '' }],
    ['issuer', { issuer: [] }],
    ['issuer', { issuer: [7] }],
    ['issuer', { issuer: 'login.example.com' }],
    ['issuer', { issuer: 'http://login.example.com' }],
    ['issuer', { issuer: 'http://127.0.0.1.example.com' }],
    ['issuer', { issuer: 'http://localhost.example.com' }],
    ['issuer', { issuer: 'ftp://127.0.0.1' }],
    ['issuer', { issuer: 'https://login.example.com?a' }],
    ['issuer', { issuer: 'https://login.example.com#' }],
    ['issuer', { issuer: 'https://user:password@login.example.com' }],
    ['audience', { audience: undefined }],
    ['audience', { audience: [] }],
    ['audience', { audience: ['a', ''] }],
    ['algorithms', { algorithms: [] }],
    ['algorithms', { algorithms: ['RS256', 'none'] }],
    ['algorithms', { algorithms: ['HS256'] }],
    ['algorithms', { secret: 's'.repeat(32), algorithms: ['HS256', 'RS256'] }],
    ['secret', { secret: 's'.repeat(31) }],
    ['secret', { secret: 7 }],
    ['secret', { secret: 's'.repeat(32), algorithms: ['HS512'] }],
    ['secret', { secret: 's'.repeat(32), jwksUri: 'https://login.example.com/keys' }],
    ['secret', { secret: 's'.repeat(32), jwks: { keys: [{}] } }],
    ['issuer', { issuer: 'ftp://keycloak', allowInsecureIssuer: true }],
    ['jwksUri', { issuer: 'https://login.example.com/{tid}' }],
    ['jwksUri', { allowInsecureIssuer: true, jwksUri: 'file:///keys' }],
    ['allowInsecureIssuer', { allowInsecureIssuer: 'yes' }],
    ['clientIds', { clientIds: [] }],
    ['required', { required: 'azp' }],
    ['required', { required: [[]] }],
    ['forbidden', { forbidden: [7] }],
    ['claims', { claims: [] }],
    ['claims', { claims: { ver: [] } }],
    ['claims', { claims: { ver: undefined } }],
    ['claims', { claims: { ver: () => true } }],
    ['scopes', { scopes: 'scp' }],
    ['check', { check: true }],
    ['algorithms', { algorithms: ['rs256'] }],
    ['algorithms', { algorithms: 'toString' }],
    ['typ', { typ: '' }],
    ['typ', { typ: true }],
    ['typ', { typ: [] }],
    ['typ', { typ: ['JWT', false] }],
    ['clockTolerance', { clockTolerance: -1 }],
    ['clockTolerance', { clockTolerance: 301 }],
    ['clockTolerance', { clockTolerance: NaN }],
    ['clockTolerance', { clockTolerance: '5s' }],
    ['jwksUri', { jwksUri: 'http://login.example.com/keys' }],
    ['jwksUri', { jwksUri: '/keys' }],
    ['jwks', { jwks: { keys: [{}] }, jwksUri: 'https://login.example.com/keys' }],
    ['jwks', { jwks: null }],
    ['jwks', { jwks: {} }],
    ['jwks', { jwks: { keys: [] } }],
    ['jwks', { jwks: { keys: ['key'] } }],
    ['jwks', { jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } }],
    ['cache', { cache: 'on' }],
    ['cache.maxEntries', { cache: { maxEntries: 0 } }],
    ['cache.maxAge', { cache: { maxAge: 61 } }],
  ])('%s of %j', (option, options) => {
    expect(() => make(options)).toThrow(TypeError);
    expect(() => make(options)).toThrow(`JwtTokenVerifier: ${option} `);
  });

  test('a secret, without repeating it', () => {
    expect(() => make({ secret: 'hunter2' })).toThrow(
      /^JwtTokenVerifier: secret is a text or bytes of 256 bits at least \(RFC 7518 §3\.2\)(?!.*hunter2)/,
    );
  });

  test('jwks with a private key', async () => {
    const { ES256 } = await createIssuerKeys();
    expect(() => make({ jwks: { keys: [ES256] } })).toThrow('jwks holds public keys only');
    expect(() => make({ jwks: { keys: [toPublicKey(ES256)] } })).not.toThrow();
  });

  test('no options at all', () => {
    expect(() => new JwtTokenVerifier(undefined as never)).toThrow('issuer is needed');
  });
});
