import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { importPublicJwk, readPublicJwk } from '../../../../lib/tokens/jws/public-jwk.js';
import type { AsymmetricAlgorithm } from '../../../../lib/tokens/jws/algorithms.js';

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
  ['a modulus of 8,200 bits', 'RS256', () => ({ ...jwkOf('RSA'), n: `_${'_'.repeat(1_365)}8` })],
  ['a modulus of 100 kB', 'RS256', () => ({ ...jwkOf('RSA'), n: 'A'.repeat(100_000) })],
  [
    'a coordinate that is too long',
    'ES256',
    () => ({ ...jwkOf('P-256'), x: `AAAA${jwkOf('P-256').x}` }),
  ],
  [
    'a coordinate that is too short',
    'ES384',
    () => ({ ...jwkOf('P-384'), y: jwkOf('P-384').y!.slice(4) }),
  ],
  ['padding', 'ES256', () => ({ ...jwkOf('P-256'), x: `${jwkOf('P-256').x!.slice(0, 42)}=` })],
  [
    'bits beyond its last byte',
    'Ed25519',
    () => ({ ...jwkOf('Ed25519'), x: spare(jwkOf('Ed25519').x!) }),
  ],
  ['an exponent of other characters', 'RS256', () => ({ ...jwkOf('RSA'), e: 'AQ+B' })],
  ['nothing', 'ES256', () => undefined],
  ['an array', 'ES256', () => [jwkOf('P-256')]],
])('%s is no key of %s', (_, alg, jwk) => {
  expect(readPublicJwk(jwk(), alg)).toEqual(expect.any(String));
});

/** The same bytes for a lenient reader, in other characters. */
function spare(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1)!) + 1];
}

/** Of the form of CVE-2017-15361: a power of 65,537 modulo the product of the first primes. */
function rocaModulus(): string {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < 126; n += 1n) {
    if (primes.every((prime) => n % prime !== 0n)) {
      primes.push(n);
    }
  }
  const product = primes.reduce((all, prime) => all * prime, 1n);
  let power = 1n;
  for (let i = 0; i < 4_711; i += 1) {
    power = (power * 65_537n) % product;
  }
  const factor = (2n ** 2_047n - power) / product + 1n;
  return Buffer.from((factor * product + power).toString(16), 'hex').toString('base64url');
}

test.each<[string, AsymmetricAlgorithm, () => object]>([
  [
    'RSA of a chip that made weak keys (ROCA)',
    'RS256',
    () => ({ ...jwkOf('RSA'), n: rocaModulus() }),
  ],
  ['an exponent of 1', 'RS256', () => ({ ...jwkOf('RSA'), e: 'AQ' })],
  ['an exponent of 3', 'RS256', () => ({ ...jwkOf('RSA'), e: 'Aw' })],
  ['an even exponent', 'PS256', () => ({ ...jwkOf('RSA'), e: 'AQAC' })],
  ['an exponent above 2^32', 'RS256', () => ({ ...jwkOf('RSA'), e: 'AQAAAAE' })],
  ['an exponent of 3,000 bits', 'RS256', () => ({ ...jwkOf('RSA'), e: '_'.repeat(500) })],

  [
    'the neutral point of Ed25519',
    'EdDSA',
    () => ({ ...jwkOf('Ed25519'), x: `AQ${'A'.repeat(41)}` }),
  ],
  ['its negative', 'EdDSA', () => ({ ...jwkOf('Ed25519'), x: `AQ${'A'.repeat(39)}IA` })],
  ['a point off the curve', 'ES256', () => ({ ...jwkOf('P-256'), y: jwkOf('P-256').x })],
  ['RSA of 1024 bits', 'RS256', () => jwkOf('RSA-1024')],
])('%s is not imported', (_, alg, jwk) => {
  const key = readPublicJwk(jwk(), alg);
  expect(typeof key === 'object' && importPublicJwk(key)).toBeUndefined();
});
