import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { importJWK, SignJWT } from 'jose';
import { ServiceUnavailableException } from '../../../../lib/contract/exceptions/contract.exceptions.js';
import { type JwtOptions, JwtTokenVerifier } from '../../../../lib/tokens/jwt/index.js';
import { type DocumentServer, startDocumentServer } from '../../../support/issuer.documents.js';
import { createIssuerKeys, type IssuerKeys, toPublicKey } from '../../../support/issuer.keys.js';
import { AUDIENCE, goodClaims, outcomeOf } from './support.js';

let server: DocumentServer;
let keys: IssuerKeys;
beforeAll(async () => {
  keys = await createIssuerKeys();
});
beforeEach(async () => {
  server = await startDocumentServer();
  server.documents.set('/keys', { keys: [toPublicKey(keys.ES256)] });
});
afterEach(() => server.close());

async function verify(issuer: string, options: Partial<JwtOptions> = {}) {
  const token = await new SignJWT(goodClaims({ url: issuer }))
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: String(keys.ES256.kid) })
    .sign(await importJWK(keys.ES256, 'ES256'));
  return outcomeOf(new JwtTokenVerifier({ issuer, audience: AUDIENCE, ...options }), token);
}

describe('metadata', () => {
  test.each([
    ['', '/.well-known/oauth-authorization-server'],
    ['/', '/.well-known/oauth-authorization-server'],
    ['/tenant', '/.well-known/oauth-authorization-server/tenant'],
    ['/tenant/', '/.well-known/oauth-authorization-server/tenant'],
    ['', '/.well-known/openid-configuration'],
    ['/tenant', '/tenant/.well-known/openid-configuration'],
    ['/tenant/a/', '/tenant/a/.well-known/openid-configuration'],
  ])('of issuer path "%s" are found at %s', async (path, wellKnown) => {
    const issuer = `${server.url}${path}`;
    server.documents.set(wellKnown, { issuer, jwks_uri: `${server.url}/keys` });
    expect(await verify(issuer)).toHaveProperty('token');
    expect(server.requests[0]).toContain('/.well-known/oauth-authorization-server');
  });

  test('of another issuer before the path do not keep those after it from being found', async () => {
    const issuer = `${server.url}/tenant`;
    const jwks_uri = `${server.url}/keys`;
    server.documents.set('/.well-known/oauth-authorization-server/tenant', {
      issuer: server.url,
      jwks_uri: `${server.url}/others`,
    });
    server.documents.set('/tenant/.well-known/openid-configuration', { issuer, jwks_uri });
    expect(await verify(issuer)).toHaveProperty('token');
    expect(server.requests).not.toContain('/others');
  });

  test.each<[string, (url: string) => unknown]>([
    ['of another issuer', (url) => ({ issuer: `${url}/`, jwks_uri: `${url}/keys` })],
    ['without issuer', (url) => ({ jwks_uri: `${url}/keys` })],
    ['without jwks_uri', (url) => ({ issuer: url })],
    ['with a relative jwks_uri', (url) => ({ issuer: url, jwks_uri: '/keys' })],
    ['with a jwks_uri without TLS', (url) => ({ issuer: url, jwks_uri: 'http://a.example/keys' })],
    ['with a jwks_uri of a file', (url) => ({ issuer: url, jwks_uri: 'file:///keys' })],
    ['that are null', () => null],
    ['that are a list', () => []],
  ])('%s are not believed: 503', async (_, metadata) => {
    server.documents.set('/.well-known/openid-configuration', metadata(server.url));
    expect(await verify(server.url)).toBeInstanceOf(ServiceUnavailableException);
    expect(server.requests).not.toContain('/keys');
  });
});

describe('in a private network, without TLS', () => {
  /** An address of this machine that is not loopback by its name. */
  const outside = () => server.url.replace('127.0.0.1', '0.0.0.0');
  const publish = (issuer: string, jwks_uri: string) =>
    server.documents.set('/.well-known/openid-configuration', { issuer, jwks_uri });

  test('an issuer is taken where it is allowed', async () => {
    publish(outside(), `${outside()}/keys`);
    expect(await verify(outside(), { allowInsecureIssuer: true })).toHaveProperty('token');
    await expect(verify(outside())).rejects.toThrow('JwtTokenVerifier: issuer is an https: URL');
  });

  test('an issuer sends nobody to a port of the own machine, nor one there outside', async () => {
    for (const [issuer, place] of [
      [outside(), server.url],
      [server.url, outside()],
    ] as const) {
      publish(issuer, `${place}/keys`);
      const outcome = await verify(issuer, { allowInsecureIssuer: true });
      expect(outcome).toBeInstanceOf(ServiceUnavailableException);
    }
    expect(server.requests).not.toContain('/keys');
  });

  test('keys are fetched from another address than the public name of the issuer', async () => {
    const jwksUri = `${outside()}/keys`;
    const options = { jwksUri, allowInsecureIssuer: true };
    expect(await verify('https://id.example.com/realms/shop', options)).toHaveProperty('token');
    expect(server.requests).toEqual(['/keys']);
  });
});

describe('what is wrong is told at the start', () => {
  const warningsOf = (options: Partial<JwtOptions>) =>
    new JwtTokenVerifier({ issuer: server.url, audience: AUDIENCE, ...options }).warmUp();

  test('an issuer that answers for another one', async () => {
    const metadata = { issuer: `${server.url}/`, jwks_uri: `${server.url}/keys` };
    server.documents.set('/.well-known/openid-configuration', metadata);
    const [warning, ...others] = await warningsOf({});
    expect(others).toEqual([]);
    expect(warning).toContain(`The keys of ${server.url} cannot be had.`);
    expect(warning).toContain(`is not the metadata of ${server.url}, but of ${server.url}/`);
  });

  test('an issuer that cannot be reached', async () => {
    await server.close();
    const [warning] = await warningsOf({});
    expect(warning).toMatch(/^The keys of http:.* cannot be had\. .* 503: .*\(ECONNREFUSED\)$/);
  });

  test.each<[string, Partial<JwtOptions>, boolean]>([
    ['typ false', { typ: false }, true],
    ['typ JWT', { typ: 'JWT' }, true],
    ['typ at+jwt or none', { typ: ['at+jwt', null] }, true],
    ['typ at+jwt', { typ: 'application/at+jwt' }, false],
    ['typ false and a claim', { typ: false, required: ['azp'] }, false],
    ['typ false and a client', { typ: false, clientIds: 'web' }, false],
    ['typ false and a check', { typ: false, check: () => undefined }, false],
  ])('%s, where nothing tells an ID token from an access token', async (_, options, isTold) => {
    const jwks = { keys: [toPublicKey(keys.ES256)] };
    const warnings = await warningsOf({ ...options, jwks });
    expect(warnings).toEqual(isTold ? [expect.stringContaining('typ does not tell')] : []);
  });
});

describe('a JWK Set', () => {
  test.each<[string, (good: object) => unknown]>([
    ['that is a list', (good) => [good]],
    ['that is null', () => null],
    ['of keys that are no objects', (good) => ({ keys: [good, 'key'] })],
  ])('%s is not believed: 503', async (_, toSet) => {
    const metadata = { issuer: server.url, jwks_uri: `${server.url}/keys` };
    server.documents.set('/.well-known/openid-configuration', metadata);
    server.documents.set('/keys', toSet(toPublicKey(keys.ES256)));
    expect(await verify(server.url)).toBeInstanceOf(ServiceUnavailableException);
  });

  test.each<[string, (good: object) => object]>([
    ['for encryption', (good) => ({ ...good, use: 'enc' })],
    ['of other operations', (good) => ({ ...good, key_ops: ['encrypt'] })],
    ['of another algorithm', (good) => ({ ...good, alg: 'ES384' })],
    ['of another curve', (good) => ({ ...good, crv: 'P-384' })],
    ['that is not on its curve', (good) => ({ ...good, x: 'AAAA' })],
    ['that is private', () => keys.ES256],
    ['that is symmetric', (good) => ({ ...good, kty: 'oct', k: 'c2VjcmV0' })],
  ])('whose key is one %s has none for the token', async (_, toKey) => {
    const metadata = { issuer: server.url, jwks_uri: `${server.url}/keys` };
    server.documents.set('/.well-known/openid-configuration', metadata);
    server.documents.set('/keys', { keys: [toKey(toPublicKey(keys.ES256))] });
    expect((await verify(server.url)).cause?.reason).toBe('no key of the issuer fits');
  });
});
