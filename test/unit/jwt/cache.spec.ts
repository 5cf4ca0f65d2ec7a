import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { verifiedToken } from '../../../lib/bearer/verified-token.js';
import { VerifiedTokenCache } from '../../../lib/jwt/verified-token.cache.js';
import { type Issuer, startIssuer } from '../../support/issuer.js';
import { AUDIENCE, fromNow, goodClaims, outcomeOf, passTime, verifierFor } from './support.js';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => issuer.close());

describe('a token that was verified', () => {
  test('is answered at once, with the same object', async () => {
    const verifier = verifierFor(issuer);
    const token = await issuer.token({ audience: AUDIENCE });
    const first = await verifier.verify(token);
    expect(verifier.verify(token)).toBe(first);
  });

  test('cannot be changed by who gets it', async () => {
    const claims = goodClaims(issuer, { scope: 'a b', authorization_details: [{ type: 't' }] });
    const token = await verifierFor(issuer).verify(await issuer.sign(claims));
    const details = token.claims['authorization_details'] as { type: string }[];
    const changes = [
      () => Object.assign(token, { subject: 'admin' }),
      () => Object.assign(token.claims, { sub: 'admin' }),
      () => (token.scopes as string[]).push('admin'),
      () => details.push({ type: 'admin' }),
      () => Object.assign(details[0]!, { type: 'admin' }),
    ];
    for (const change of changes) {
      expect(change).toThrow(TypeError);
    }
  });

  test('is verified again after a minute, and not believed past its exp', async () => {
    const verifier = verifierFor(issuer);
    const long = await issuer.sign(goodClaims(issuer));
    const short = await issuer.sign(goodClaims(issuer, { exp: fromNow(20) }));
    await verifier.verify(long);
    await verifier.verify(short);
    passTime(21);
    expect(verifier.verify(long)).not.toBeInstanceOf(Promise);
    expect(await outcomeOf(verifier, short)).toMatchObject({
      description: 'The access token has expired.',
    });
    jest.restoreAllMocks();
    passTime(61);
    expect(verifier.verify(long)).toBeInstanceOf(Promise);
  });

  test('is verified each time where the cache is off', async () => {
    const verifier = verifierFor(issuer, { cache: false });
    const token = await issuer.token({ audience: AUDIENCE });
    await verifier.verify(token);
    expect(verifier.verify(token)).toBeInstanceOf(Promise);
  });

  test('is forgotten when the issuer has other keys', async () => {
    const verifier = verifierFor(issuer);
    const old = await issuer.token({ audience: AUDIENCE });
    await verifier.verify(old);
    await issuer.rotate();
    await verifier.verify(await issuer.token({ audience: AUDIENCE }));
    expect(await outcomeOf(verifier, old)).toMatchObject({ code: 'UNAUTHORIZED' });
  });

  test('takes nothing with it that was refused', async () => {
    const verifier = verifierFor(issuer);
    const forged = (await issuer.token({ audience: AUDIENCE })).replace(/[^.]+$/, 'AAAA');
    await outcomeOf(verifier, forged);
    expect(await outcomeOf(verifier, forged)).toMatchObject({ code: 'UNAUTHORIZED' });
  });
});

describe('the cache', () => {
  const token = verifiedToken({});

  test('never holds more than its bound, and keeps the newest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.string()), (bound, names) => {
        const cache = new VerifiedTokenCache(bound, 60);
        for (const name of names) {
          cache.set(name, token, fromNow(60));
        }
        const newest = [...new Set(names.toReversed())];
        for (const [index, name] of newest.entries()) {
          expect(cache.get(name)).toBe(index < bound ? token : undefined);
        }
      }),
    );
  });

  test('knows a token by its SHA-256, not by its text', () => {
    const cache = new VerifiedTokenCache(1, 60);
    cache.set(cache.digest('the text of a token'), token, fromNow(60));
    expect(cache.digest('the text of a token')).toMatch(/^[\w-]{43}$/);
    expect(inspect(cache)).not.toContain('the text');
  });
});
