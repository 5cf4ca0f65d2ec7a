import { beforeAll, describe, expect, test } from '@jest/globals';
import { importJWK, SignJWT } from 'jose';
import { entraId, JwtTokenVerifier } from '../../../../lib/tokens/jwt/index.js';
import { createIssuerKeys, type IssuerKeys, toPublicKey } from '../../../support/issuer.keys.js';
import { claimsOf, issuerShapes, OTHER_TENANT, TENANT } from '../../../support/issuer.shapes.js';
import { outcomeOf } from '../jwt/support.js';

let keys: IssuerKeys;
beforeAll(async () => {
  keys = await createIssuerKeys();
});

const issuerOf = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`;

/** A token of a tenant, and what a verifier of any tenant makes of it with a key of that issuer. */
async function verify(tenant: string, keyIssuer: unknown) {
  const shape = issuerShapes['Entra ID 2']!.access['of a user']!;
  const audience = String(shape.claims['aud']);
  const { jwksUri: _theirs, ...options } = entraId({ tenant: 'common', audience });
  const jwks = { keys: [{ ...toPublicKey(keys.RS256), issuer: keyIssuer }] };
  const token = await new SignJWT({ ...claimsOf(shape, issuerOf(tenant)), tid: tenant })
    .setProtectedHeader({ alg: 'RS256', kid: keys.RS256.kid!, typ: 'JWT' })
    .sign(await importJWK(keys.RS256, 'RS256'));
  return outcomeOf(new JwtTokenVerifier({ ...options, jwks }), token);
}

describe('a key that its issuer publishes for', () => {
  test.each<[string, string, unknown, boolean]>([
    ['nobody in particular', TENANT, undefined, true],
    ['every tenant', TENANT, issuerOf('{tenantid}'), true],
    ['every tenant, of another one', OTHER_TENANT, issuerOf('{tenantid}'), true],
    ['one tenant', TENANT, issuerOf(TENANT), true],
    ['another tenant', OTHER_TENANT, issuerOf(TENANT), false],
    ['a path below a tenant', TENANT, `https://login.microsoftonline.com/{tenantid}`, false],
    ['another version', TENANT, 'https://login.microsoftonline.com/{tenantid}/v1.0', false],
    ['what is no text', TENANT, { [TENANT]: true }, true],
    ['what is no URL', TENANT, 'CN=keys', true],
  ])('%s', async (_, tenant, keyIssuer, isGood) => {
    const { token, cause } = await verify(tenant, keyIssuer);
    expect(token !== undefined).toBe(isGood);
    expect(cause?.reason).toBe(isGood ? undefined : 'signature does not fit');
  });
});
