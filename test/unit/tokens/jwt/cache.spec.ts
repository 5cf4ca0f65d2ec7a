import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Issuer, startIssuer } from '../../../support/issuer.js';
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

test('a token is remembered by its SHA-256, not by its text', async () => {
  const verifier = verifierFor(issuer);
  const text = await issuer.token({ audience: AUDIENCE });
  expect(await outcomeOf(verifier, text)).toHaveProperty('token');
  expect(verifier.verify(text)).not.toBeInstanceOf(Promise);
  expect(inspect(verifier, { depth: 10, maxArrayLength: null })).not.toContain(text);
});
