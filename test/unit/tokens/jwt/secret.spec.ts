import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { type JwtOptions, JwtTokenVerifier } from '../../../../lib/tokens/jwt/index.js';
import { createIssuerKeys, toPublicKey } from '../../../support/issuer.keys.js';
import { encode, fromNow, outcomeOf } from './support.js';

const secret = randomBytes(64);

/** As @nestjs/jwt signs: no issuer, no audience. */
const sign = (alg = 'HS256', key: Uint8Array = secret, claims: object = {}) =>
  new SignJWT({ sub: 'member', exp: fromNow(60), ...claims })
    .setProtectedHeader({ alg, typ: 'JWT' })
    .sign(key);

const verifierWith = (options: Partial<JwtOptions> = {}) =>
  new JwtTokenVerifier({ secret, typ: 'JWT', ...options });

describe('a verifier with a secret', () => {
  test.each(['HS256', 'HS384', 'HS512'] as const)('takes %s where it is allowed', async (alg) => {
    const token = await sign(alg);
    expect(await outcomeOf(verifierWith({ algorithms: [alg] }), token)).toHaveProperty('token');
    const others = (['HS256', 'HS384', 'HS512'] as const).filter((other) => other !== alg);
    const { cause } = await outcomeOf(verifierWith({ algorithms: others }), token);
    expect(cause?.reason).toBe('alg is not one of those allowed');
  });

  test('takes a text as UTF-8', async () => {
    const text = 'ä secret of thirty-two bytes or more';
    const token = await sign('HS256', Buffer.from(text));
    expect(await outcomeOf(verifierWith({ secret: text }), token)).toHaveProperty('token');
  });

  test('refuses another secret, and signatures of another length', async () => {
    const reasonOf = async (token: string) =>
      (await outcomeOf(verifierWith(), token)).cause?.reason;
    const token = await sign('HS256', randomBytes(32));
    expect(await reasonOf(token)).toBe('signature does not fit');
    expect(await reasonOf(token.replace(/[^.]+$/, 'AAAA'))).toBe('signature does not fit');
  });

  test('demands exp, which @nestjs/jwt leaves out unless told', async () => {
    const { cause } = await outcomeOf(
      verifierWith(),
      await sign('HS256', secret, { exp: undefined }),
    );
    expect(cause?.reason).toBe('exp is missing or no date');
  });

  test('demands issuer and audience where it was given them', async () => {
    const verifier = verifierWith({ issuer: 'https://a.example', audience: 'b' });
    const good = await sign('HS256', secret, { iss: 'https://a.example', aud: 'b' });
    const noIssuer = await sign('HS256', secret, { aud: 'b' });
    const noAudience = await sign('HS256', secret, { iss: 'https://a.example' });
    expect(await outcomeOf(verifier, good)).toHaveProperty('token');
    expect((await outcomeOf(verifier, noIssuer)).cause?.reason).toBe('iss is none of the issuers');
    expect((await outcomeOf(verifier, noAudience)).cause?.reason).toContain('aud does not name');
  });

  test('takes no token that is signed with a key', async () => {
    const { ES256 } = await createIssuerKeys();
    const token = await new SignJWT({ exp: fromNow(60) })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
      .sign(ES256);
    const { cause } = await outcomeOf(verifierWith(), token);
    expect(cause?.reason).toBe('alg is not one of those allowed');
  });

  test('has nothing to warn of', async () => {
    expect(await verifierWith().warmUp()).toEqual([]);
  });
});

test('a verifier with keys takes no token that is made with one of them as a secret', async () => {
  const { RS256 } = await createIssuerKeys();
  const jwks = { keys: [toPublicKey(RS256)] };
  const verifier = new JwtTokenVerifier({ issuer: 'https://a.example', audience: 'b', jwks });
  const claims = { iss: 'https://a.example', aud: 'b', exp: fromNow(60) };
  const input = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: RS256.kid })}.${encode(claims)}`;
  const mac = createHmac('sha256', JSON.stringify(jwks.keys[0])).update(input).digest('base64url');
  const { cause } = await outcomeOf(verifier, `${input}.${mac}`);
  expect(cause?.reason).toBe('alg is not one of those allowed');
});
