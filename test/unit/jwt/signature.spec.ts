import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CompactSign, compactVerify, exportJWK, generateKeyPair } from 'jose';
import { asymmetricAlgorithms } from '../../../lib/jws/algorithms.js';
import { KeySet } from '../../../lib/jwt/key-set.js';

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
