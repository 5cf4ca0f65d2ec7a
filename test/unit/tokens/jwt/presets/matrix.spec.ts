import { beforeAll, describe, expect, test } from '@jest/globals';
import { importJWK, SignJWT } from 'jose';
import { InvalidTokenException } from '../../../../../lib/contract/exceptions/bearer.exceptions.js';
import { JwtTokenVerifier } from '../../../../../lib/tokens/jwt/index.js';
import type { TokenRefusal } from '../../../../../lib/tokens/token-refusal.js';
import { createIssuerKeys, type IssuerKeys, toPublicKey } from '../../../../support/issuer.keys.js';
import {
  claimsOf,
  issuerOf,
  type IssuerShape,
  issuerShapes,
  type TokenShape,
} from '../../../../support/issuer.shapes.js';

const shapes = Object.entries(issuerShapes);

// One key for all of them: nothing but what a token says tells whose it is
let keys: IssuerKeys;
beforeAll(async () => {
  keys = await createIssuerKeys();
});

function verifierOf({ options: { jwksUri: _keysOfTheWorld, ...options } }: IssuerShape) {
  return new JwtTokenVerifier({ ...options, jwks: { keys: [toPublicKey(keys.RS256)] } });
}

async function sign(shape: TokenShape, issuer: string): Promise<string> {
  const typ = shape.typ === undefined ? {} : { typ: shape.typ };
  return new SignJWT(claimsOf(shape, issuer))
    .setProtectedHeader({ alg: 'RS256', kid: keys.RS256.kid!, ...typ })
    .sign(await importJWK(keys.RS256, 'RS256'));
}

/** The refusal of a token; fails where it passes. */
async function refusalOf(verifier: JwtTokenVerifier, token: string): Promise<TokenRefusal> {
  const outcome: unknown = await (async () => verifier.verify(token))().catch(
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(InvalidTokenException);
  return (outcome as InvalidTokenException).cause as TokenRefusal;
}

const accessTokens = shapes.flatMap(([issuer, shape]) =>
  Object.entries(shape.access).map(([kind, token]) => ({ issuer, shape, kind, token })),
);

describe.each(accessTokens)('the access token of $issuer $kind', ({ issuer, shape, token }) => {
  test.each(shapes)('and the preset of %s', async (name, preset) => {
    const text = await sign(token, issuerOf(shape));
    const verifier = verifierOf(preset);
    if (name === issuer) {
      expect((await verifier.verify(text)).issuer).toBe(issuerOf(shape));
    } else {
      const { message } = (await refusalOf(verifier, text)).diagnosis()!;
      expect(message).toContain(shape.preset);
    }
  });
});

const wrongTokens = shapes.flatMap(([issuer, shape]) =>
  Object.entries(shape.wrong).map(([kind, token]) => ({ issuer, shape, kind, token })),
);

test.each(wrongTokens)('$issuer: $kind is refused, and why', async ({ shape, token }) => {
  const refusal = await refusalOf(verifierOf(shape), await sign(token, issuerOf(shape)));
  expect(refusal.diagnosis()?.message ?? '').toMatch(token.told);
});
