import { createHash, createPublicKey } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CompactSign, compactVerify, exportJWK, generateKeyPair } from 'jose';
import { asymmetricAlgorithms } from '../../../../lib/tokens/jws/algorithms.js';
import { KeySet } from '../../../../lib/tokens/jws/key-set.js';
import { isSignedBy } from '../../../../lib/tokens/jws/signature.js';

const payload = new TextEncoder().encode('{"sub":"member"}');

async function isGoodForJose(jws: string, key: CryptoKey): Promise<boolean> {
  return compactVerify(jws, key).then(
    () => true,
    () => false,
  );
}

describe.each(asymmetricAlgorithms)('%s', (alg) => {
  test('is verified as jose verifies it, whatever the signature', async () => {
    const { privateKey, publicKey } = await generateKeyPair(alg);
    const keys = new KeySet({ keys: [await exportJWK(publicKey)] });
    const good = await new CompactSign(payload).setProtectedHeader({ alg }).sign(privateKey);
    const end = good.lastIndexOf('.') + 1;
    const signature = Buffer.from(good.slice(end), 'base64url');
    expect(await keys.verify(good, { alg, kid: undefined })).toBe('verified');

    const changed = fc
      .tuple(fc.nat(signature.length - 1), fc.nat(255))
      .map(([index, byte]) => signature.with(index, byte));
    const any = fc.uint8Array({ minLength: 1, maxLength: signature.length + 8 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed, any), async (bytes) => {
        const jws = good.slice(0, end) + Buffer.from(bytes).toString('base64url');
        const isGood = (await keys.verify(jws, { alg, kid: undefined })) === 'verified';
        expect(isGood).toBe(await isGoodForJose(jws, publicKey));
      }),
      { numRuns: 50 },
    );
  });
});

test('RSA keys of less than 2048 bits verify nothing (RFC 7518 §3.3)', async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 1024,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    true,
    ['sign', 'verify'],
  );
  const input = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.e30`;
  const mac = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, Buffer.from(input));
  const keys = new KeySet({ keys: [await exportJWK(publicKey)] });
  const jws = `${input}.${Buffer.from(mac).toString('base64url')}`;
  expect(await keys.verify(jws, { alg: 'RS256', kid: undefined })).toBe('no-key');
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('an RSA key of exponent 1 verifies nothing: anybody can sign for it', async () => {
  const { publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), e: 'AQ' };
  // s^1 mod n = s: the signature is the padded digest itself (RFC 8017 §9.2)
  const input = `${part({ alg: 'RS256' })}.${part({ sub: 'anybody' })}`;
  const prefix = '3031300d060960864801650304020105000420';
  const digest = prefix + createHash('sha256').update(input).digest('hex');
  const padded = `0001${'ff'.repeat(256 - 3 - digest.length / 2)}00${digest}`;
  const jws = `${input}.${Buffer.from(padded, 'hex').toString('base64url')}`;
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  expect(isSignedBy(jws, 'RS256', key)).toBe(true);
  expect(await new KeySet({ keys: [jwk] }).verify(jws, { alg: 'RS256', kid: undefined })).toBe(
    'no-key',
  );
});

test('an Ed25519 key of small order verifies nothing: one signature is that of any text', async () => {
  const point = Buffer.alloc(32).fill(1, 0, 1);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') };
  const signature = Buffer.concat([point, Buffer.alloc(32)]).toString('base64url');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const jws = `${part({ alg: 'EdDSA' })}.${part({ sub: 'anybody' })}.${signature}`;
  expect(isSignedBy(jws, 'EdDSA', key)).toBe(true);
  expect(await new KeySet({ keys: [jwk] }).verify(jws, { alg: 'EdDSA', kid: undefined })).toBe(
    'no-key',
  );
});

test('a key verifies the one algorithm that it names, and no other of its type', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = new KeySet({ keys: [{ ...(await exportJWK(publicKey)), alg: 'PS256' }] });
  const jws = await new CompactSign(payload).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
  expect(await keys.verify(jws, { alg: 'RS256', kid: undefined })).toBe('no-key');
});
