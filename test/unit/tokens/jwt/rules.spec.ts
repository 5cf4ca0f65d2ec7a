import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JwtOptions } from '../../../../lib/tokens/jwt/index.js';
import { type Issuer, startIssuer } from '../../../support/issuer.js';
import { goodClaims, outcomeOf, verifierFor } from './support.js';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

async function verify(
  options: Partial<JwtOptions>,
  claims: object = {},
  header: Readonly<Record<string, unknown>> = {},
) {
  const token = await issuer.sign(goodClaims(issuer, claims), header);
  return outcomeOf(verifierFor(issuer, options), token);
}

/** Why a token is refused; `undefined` where it is good. */
async function reasonOf(...args: Parameters<typeof verify>) {
  const { token, cause } = await verify(...args);
  expect((token === undefined) === (cause === undefined)).toBe(false);
  return cause?.reason;
}

describe('typ', () => {
  test.each<[JwtOptions['typ'], unknown, boolean]>([
    ['JWT', 'jwt', true],
    ['JWT', 'at+jwt', false],
    ['JWT', undefined, false],
    [['JWT', 'at+jwt'], 'application/at+jwt', true],
    [['JWT', 'at+jwt'], 'JOSE', false],
    [null, undefined, true],
    [null, 'JWT', false],
    [null, null, false],
    [null, ['JWT'], false],
    [[null, 'JWT'], undefined, true],
    [[null, 'JWT'], 7, false],
    [false, ['JWT'], true],
  ])('%j and a header with %j: %s', async (typ, given, isGood) => {
    expect((await reasonOf({ typ }, {}, { typ: given })) === undefined).toBe(isGood);
  });

  test('at+jwt with another takes tokens without what RFC 9068 demands', async () => {
    const bare = { client_id: undefined, jti: undefined };
    expect(await reasonOf({ typ: ['at+jwt', 'JWT'] }, bare)).toBeUndefined();
    expect(await reasonOf({ typ: ['at+jwt'] }, bare)).toContain('client_id is missing');
  });
});

describe('demands', () => {
  test.each<[string, Partial<JwtOptions>, object, string | undefined]>([
    ['a client', { clientIds: ['a', 'client'] }, {}, undefined],
    ['another client', { clientIds: 'a' }, {}, 'the client is not one of clientIds'],
    [
      'a client without an audience',
      { audience: undefined, clientIds: 'client' },
      { aud: undefined },
      undefined,
    ],
    ['azp', { typ: 'at+jwt', clientIds: 'client' }, { azp: 'another' }, undefined],
    ['required', { required: ['azp'] }, { azp: 'a' }, undefined],
    ['required, absent', { required: ['azp'] }, {}, 'azp has to be there'],
    ['required, empty', { required: ['azp'] }, { azp: '' }, 'azp has to be there'],
    ['required, null', { required: ['azp'] }, { azp: null }, 'azp has to be there'],
    ['required, of every prototype', { required: ['toString'] }, {}, 'toString has to be there'],
    ['one of two', { required: [['scp', 'roles']] }, { roles: ['reader'] }, undefined],
    [
      'one of two, both empty',
      { required: [['scp', 'roles']] },
      { scp: false, roles: [] },
      'scp or roles has to be there',
    ],
    ['neither of two', { required: [['scp', 'roles']] }, {}, 'scp or roles has to be there'],
    ['forbidden', { forbidden: ['nonce'] }, { nonce: 'n' }, 'nonce must not be there'],
    ['forbidden, absent', { forbidden: ['nonce', 'valueOf'] }, {}, undefined],
    ['a text', { claims: { ver: '2.0' } }, { ver: '2.0' }, undefined],
    ['a number that is no text', { claims: { ver: '2' } }, { ver: 2 }, 'ver has to be "2"'],
    ['one of several', { claims: { ver: ['1.0', '2.0'] } }, { ver: '2.0' }, undefined],
    ['none of several', { claims: { ver: [1, true] } }, { ver: 'x' }, 'ver has to be 1 or true'],
    ['absent', { claims: { sts: ['active', null] } }, {}, undefined],
    ['null', { claims: { sts: null } }, { sts: null }, undefined],
    [
      'neither',
      { claims: { sts: ['active', null] } },
      { sts: 'pending' },
      'sts has to be "active" or absent',
    ],
    ['an empty list for absent', { claims: { sts: null } }, { sts: [] }, 'sts has to be absent'],
    ['a list that holds it', { claims: { amr: 'mfa' } }, { amr: ['pwd', 'mfa'] }, undefined],
    ['a list that does not', { claims: { amr: 'mfa' } }, { amr: ['pwd'] }, 'amr has to be "mfa"'],
    ['a pattern', { claims: { ref: /^refs\/tags\//g } }, { ref: 'refs/tags/v1' }, undefined],
    ['another text', { claims: { ref: /^refs\// } }, { ref: 'x' }, 'ref has to be /^refs\\//'],
    ['a pattern, and no text', { claims: { ref: /./ } }, { ref: { a: 1 } }, 'ref has to be /./'],
    ['members', { claims: { k8s: { ns: ['a', 'b'] } } }, { k8s: { ns: 'b', more: 1 } }, undefined],
    [
      'other members',
      { claims: { k8s: { ns: 'a' } } },
      { k8s: { ns: 'b' } },
      'k8s has to be {"ns":"a"}',
    ],
    [
      'members of a text',
      { claims: { k8s: { length: 1 } } },
      { k8s: 'x' },
      'k8s has to be {"length":1}',
    ],
  ])('%s', async (_, options, claims, reason) => {
    expect(await reasonOf(options, claims)).toBe(reason);
  });
});

test('scopes are what the function of the application makes of the claims', async () => {
  const scopes = ({ roles }: Readonly<Record<string, unknown>>) =>
    (roles as string[]).map((role) => `role:${role}`);
  const { token } = await verify({ scopes }, { roles: ['a'], scope: 'b' });
  expect(token?.scopes).toEqual(['role:a']);
  expect(Object.isFrozen(token?.scopes)).toBe(true);
});

test('scopes of the application stay its own, and have to be a list of texts', async () => {
  const own = ['a'];
  const { token } = await verify({ scopes: () => own });
  expect(token?.scopes).toEqual(own);
  own.push('b');
  for (const made of ['a b', undefined, [7]]) {
    const refused = await verify({ scopes: (() => made) as never });
    expect(refused).toBeInstanceOf(TypeError);
    expect(refused).toHaveProperty('message', expect.stringContaining('scopes returns an array'));
  }
});

describe('a check of the application', () => {
  test('refuses with its reason, which the caller is not told', async () => {
    const refused = await verify({
      check: ({ tid }) => (tid === 'a' ? undefined : 'tid\nis not ours'),
    });
    expect(refused.cause?.reason).toBe('tid\\nis not ours');
    expect(refused.description).toBe('The access token is not valid.');
  });

  test('lets pass what it gives no reason for', async () => {
    expect(await reasonOf({ check: () => undefined })).toBeUndefined();
  });

  test('is not asked about a token whose signature does not fit, and changes no claim', async () => {
    const asked: unknown[] = [];
    const verifier = verifierFor(issuer, {
      check: (claims) => {
        asked.push(claims['jti']);
        expect(() => Object.assign(claims, { sub: 'admin' })).toThrow(TypeError);
        return undefined;
      },
    });
    const token = await issuer.sign(goodClaims(issuer, { jti: 'good' }));
    await outcomeOf(verifier, token.replace(/[^.]+$/, 'AAAA'));
    expect(await outcomeOf(verifier, token)).toHaveProperty('token');
    expect(asked).toEqual(['good']);
  });

  test('that returns no text is a fault of the application, whose message names the fix', async () => {
    const refused = await verify({ check: (() => false) as never });
    expect(refused).toBeInstanceOf(TypeError);
    expect(refused).toHaveProperty('message', expect.stringContaining('check returns a text'));
  });

  test('that throws is a fault of the application', async () => {
    const broken = () => {
      throw new RangeError('broken');
    };
    expect(await verify({ check: broken })).toBeInstanceOf(RangeError);
  });
});

describe('an issuer of many tenants', () => {
  const options = (): Partial<JwtOptions> => ({
    issuer: `${issuer.url}/{tid}/v2.0`,
    jwksUri: `${issuer.url}/jwks`,
  });
  const of = (tid: unknown, path = tid) => ({ tid, path: String(path) });

  test.each<[string, ReturnType<typeof of>, boolean]>([
    ['a tenant', of('a-1'), true],
    ['another', of('b.example'), true],
    ['a tenant of another path', of('a', 'b'), false],
    ['no tenant', of(undefined, '{tid}'), false],
    ['an empty one', of(''), false],
    ['one with a slash', of('a/b'), false],
    ['a list', of(['a'], 'a'), false],
    ['what stands for text in a replacement', of('$&'), false],
    ['a very long one', of('a'.repeat(129)), false],
  ])('takes tokens of %s: %j', async (_, { tid, path }, isGood) => {
    const reason = await reasonOf(options(), { tid, iss: `${issuer.url}/${path}/v2.0` });
    expect(reason).toBe(isGood ? undefined : 'iss is none of the issuers');
  });
});
