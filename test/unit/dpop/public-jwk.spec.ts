import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { importPublicJwk, readPublicJwk } from '../../../lib/dpop/public-jwk.js';
import type { AsymmetricAlgorithm } from '../../../lib/jws/algorithms.js';

const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });
const keys = {
  'P-256': ec('P-256'),
  'P-384': ec('P-384'),
  'P-521': ec('P-521'),
  Ed25519: generateKeyPairSync('ed25519'),
  Ed448: generateKeyPairSync('ed448'),
  RSA: rsa(2048),
  'RSA-1024': rsa(1024),
};
const jwkOf = (name: keyof typeof keys): JWK => keys[name].publicKey.export({ format: 'jwk' });

test.each<[AsymmetricAlgorithm, keyof typeof keys]>([
  ['ES256', 'P-256'],
  ['ES384', 'P-384'],
  ['ES512', 'P-521'],
  ['EdDSA', 'Ed25519'],
  ['Ed25519', 'Ed25519'],
  ['RS256', 'RSA'],
  ['PS512', 'RSA'],
])('%s has a key of type %s, with the thumbprint that jose finds', async (alg, name) => {
  const jwk = jwkOf(name);
  const key = readPublicJwk({ ...jwk, kid: 'k', use: 'sig', alg, x5c: [] }, alg);
  expect(key).toMatchObject({ thumbprint: await calculateJwkThumbprint(jwk) });
  expect(typeof key === 'object' && importPublicJwk(key)?.type).toBe('public');
});

test.each<[string, AsymmetricAlgorithm, () => unknown]>([
  ['another curve', 'ES256', () => jwkOf('P-384')],
  ['Ed448', 'EdDSA', () => jwkOf('Ed448')],
  ['another type', 'RS256', () => jwkOf('P-256')],
  ['no type', 'ES256', () => ({ ...jwkOf('P-256'), kty: undefined })],
  ['a private member', 'ES256', () => keys['P-256'].privateKey.export({ format: 'jwk' })],
  ['a private member that is empty', 'RS256', () => ({ ...jwkOf('RSA'), d: undefined })],
  ['a secret', 'ES256', () => ({ kty: 'oct', k: 'AA' })],
  ['a coordinate that is no text', 'ES256', () => ({ ...jwkOf('P-256'), x: 7 })],
  ['a modulus of 100 kB', 'RS256', () => ({ ...jwkOf('RSA'), n: 'A'.repeat(100_000) })],
  ['nothing', 'ES256', () => undefined],
  ['an array', 'ES256', () => [jwkOf('P-256')]],
])('%s is no key of %s', (_, alg, jwk) => {
  expect(readPublicJwk(jwk(), alg)).toEqual(expect.any(String));
});

test.each<[string, AsymmetricAlgorithm, () => object]>([
  ['a point off the curve', 'ES256', () => ({ ...jwkOf('P-256'), y: jwkOf('P-256').x })],
  ['RSA of 1024 bits', 'RS256', () => jwkOf('RSA-1024')],
])('%s is not imported', (_, alg, jwk) => {
  const key = readPublicJwk(jwk(), alg);
  expect(typeof key === 'object' && importPublicJwk(key)).toBeUndefined();
});
