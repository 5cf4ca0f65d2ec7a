import { createHmac, createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InvalidTokenException } from '../../../../lib/contract/exceptions/bearer.exceptions.js';
import { createIssuerKeys, toPublicKey } from '../../../support/issuer.keys.js';
import { type Issuer, startIssuer } from '../../../support/issuer.js';
import { AUDIENCE, encode, fromNow, goodClaims, outcomeOf, verifierFor } from './support.js';

const MALFORMED = 'The access token is malformed.';
const INVALID = 'The access token is not valid.';
const EXPIRED = 'The access token has expired.';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

/** A token of any header and payload, with a signature that is none. */
const unsigned = (header: unknown, payload: unknown = goodClaims(issuer)) =>
  `${encode(header)}.${encode(payload)}.${encode('signature')}`;

const rsHeader = (more: object = {}) => ({
  alg: 'RS256',
  typ: 'at+jwt',
  kid: issuer.keys.RS256.kid,
  ...more,
});

/** What is told of a refusal: to the caller, and to the log. */
async function refusalOf(token: string) {
  const refusal = await outcomeOf(verifierFor(issuer), token);
  expect(refusal).toBeInstanceOf(InvalidTokenException);
  expect(refusal.cause?.message?.length).toBeLessThan(400);
  return { description: refusal.description, reason: refusal.cause?.reason };
}

const refused = (description: string, reason: string) => ({
  description,
  reason: expect.stringContaining(reason),
});

describe('a malformed token', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  test.each<[string, () => string, string]>([
    ['of one word', () => 'garbage', 'not a compact JWS'],
    ['of no characters', () => '', 'not a compact JWS'],
    ['of two parts', () => 'a.b', 'not a compact JWS'],
    ['of four parts', () => 'a.b.c.d', 'not a compact JWS'],
    ['of five parts (JWE)', () => 'a.b.c.d.e', 'encrypted (JWE)'],
    ['of 10 000 dots', () => '.'.repeat(10_000), 'not a compact JWS'],
    ['of 20 kB', () => unsigned(rsHeader({ pad: 'x'.repeat(20_000) })), 'longer than 16 KiB'],
    ['without a signature', () => unsigned(rsHeader()).replace(/[^.]+$/, ''), 'not a compact JWS'],
    ['with padding', () => `${unsigned(rsHeader())}==`, 'not a compact JWS'],
    ['with characters of base64', () => 'a+/.b.c', 'not a compact JWS'],
    ['with a header whose last bits are not zero', () => 'e31.e30.AAAA', 'not canonical base64url'],
    [
      'with a payload whose last bits are not zero',
      () => 'e30.e31.AAAA',
      'not canonical base64url',
    ],
    ['with a signature of a character too many', () => 'e30.e30.AAAAA', 'not canonical base64url'],
    ['with a line break', () => `${unsigned(rsHeader())}\n`, 'not a compact JWS'],
    ['whose header is not JSON', () => unsigned('{"alg":'), 'header is not a JSON object'],
    ['whose header is an array', () => unsigned([rsHeader()]), 'header is not a JSON object'],
    ['whose header is null', () => unsigned(null), 'header is not a JSON object'],
    ['whose header is not UTF-8', () => '_-8.e30.AAAA', 'header is not a JSON object'],
    ['whose payload is text', () => unsigned(rsHeader(), '"x"'), 'payload is not a JSON object'],
    ['whose payload is a number', () => unsigned(rsHeader(), '7'), 'payload is not a JSON object'],
    ['whose payload is deep', () => unsigned(rsHeader(), deep(5_900)), 'payload is not a JSON'],
    ['whose header is deep', () => unsigned(`{"a":${deep(5_000)}`), 'header is not a JSON object'],
  ])('%s is refused', (_, token, reason) =>
    expect(refusalOf(token())).resolves.toEqual(refused(MALFORMED, reason)),
  );
});

test('a good token with another last character of the same bytes is refused', async () => {
  const token = await issuer.sign(goodClaims(issuer));
  // 256 bytes leave four bits of the last character unused
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const other = token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1)!) + 1];
  const bytesOf = (text: string) => Buffer.from(text.split('.')[2]!, 'base64url').toString('hex');
  expect(bytesOf(other)).toBe(bytesOf(token));
  expect(await outcomeOf(verifierFor(issuer), token)).toHaveProperty('token');
  expect(await refusalOf(other)).toEqual(refused(MALFORMED, 'not canonical base64url'));
});

describe('a header', () => {
  const alg = 'alg is not one of those allowed';
  test.each<[string, () => object, string]>([
    ['none', () => ({ alg: 'none' }), alg],
    ['None', () => ({ alg: 'None' }), alg],
    ['HS256', () => ({ alg: 'HS256' }), alg],
    ['an alg of an object', () => ({ alg: { toString: 'RS256' } }), alg],
    ['no alg', () => ({ alg: undefined }), alg],
    ['an alg with CR LF', () => ({ alg: 'RS256\r\nX-Injected: 1' }), alg],
    ['an alg of the prototype', () => ({ alg: '__proto__' }), alg],
    ['a kid of a number', () => ({ kid: 7 }), 'kid is not a short string'],
    ['a kid of 2 kB', () => ({ kid: 'k'.repeat(2_000) }), 'kid is not a short string'],
    ['jku', () => ({ jku: 'https://attacker.example/jwks' }), 'header has jku'],
    ['x5u', () => ({ x5u: 'https://attacker.example/cert' }), 'header has x5u'],
    ['x5c', () => ({ x5c: ['MII'] }), 'header has x5c'],
    ['jwk', () => ({ jwk: { kty: 'RSA' } }), 'header has jwk'],
    ['crit', () => ({ crit: ['exp'], exp: 1 }), 'header has crit'],
    ['an empty crit', () => ({ crit: [] }), 'header has crit'],
    ['b64', () => ({ b64: false }), 'header has b64'],
    ['b64 and crit', () => ({ b64: false, crit: ['b64'] }), 'header has crit'],
    ['cty JWT', () => ({ cty: 'JWT' }), 'nested'],
    ['cty application/jwt', () => ({ cty: 'application/jwt' }), 'nested'],
    ['typ JWT', () => ({ typ: 'JWT' }), 'typ is not at+jwt'],
    ['no typ', () => ({ typ: undefined }), 'typ is not at+jwt'],
    ['typ of an array', () => ({ typ: ['at+jwt'] }), 'typ is not at+jwt'],
  ])('with %s is refused', (_, header, reason) =>
    expect(refusalOf(unsigned(rsHeader(header())))).resolves.toEqual(refused(INVALID, reason)),
  );

  test('with a member twice counts as its last (RFC 7515 §4)', () =>
    expect(refusalOf(unsigned('{"alg":"RS256","alg":"none"}'))).resolves.toEqual(
      refused(INVALID, alg),
    ));

  test.each(['at+jwt', 'AT+JWT', 'application/at+jwt', 'Application/At+Jwt'])(
    'with typ %s is taken',
    async (typ) => {
      const token = await issuer.sign(goodClaims(issuer), { typ });
      expect(await verifierFor(issuer).verify(token)).toMatchObject({ subject: 'member' });
    },
  );

  test('is taken without typ where typ is switched off, and with another where that is set', async () => {
    const jwt = await issuer.sign(goodClaims(issuer), { typ: 'JWT' });
    const none = await issuer.sign(goodClaims(issuer), { typ: undefined });
    expect(await outcomeOf(verifierFor(issuer, { typ: false }), none)).toHaveProperty('token');
    expect(await outcomeOf(verifierFor(issuer, { typ: 'JWT' }), jwt)).toHaveProperty('token');
    expect(await outcomeOf(verifierFor(issuer, { typ: 'JWT' }), none)).toHaveProperty('cause');
  });

  test('of an algorithm that is not configured is refused', async () => {
    const token = await issuer.token({ audience: AUDIENCE, alg: 'ES256' });
    const refusal = await outcomeOf(verifierFor(issuer, { algorithms: ['RS256'] }), token);
    expect(refusal.cause?.reason).toBe(alg);
  });
});

describe('claims', () => {
  const aud = 'aud does not name this API';
  const exp = 'exp is missing or no date';
  test.each<[string, () => object, string, string]>([
    ['no iss', () => ({ iss: undefined }), INVALID, 'iss is none'],
    ['another iss', () => ({ iss: 'https://attacker.example' }), INVALID, 'iss is none'],
    ['iss with a slash more', () => ({ iss: `${issuer.url}/` }), INVALID, 'iss is none'],
    ['iss of an array', () => ({ iss: [issuer.url] }), INVALID, 'iss is none'],
    ['no aud', () => ({ aud: undefined }), INVALID, aud],
    ['another aud', () => ({ aud: `${AUDIENCE}/` }), INVALID, aud],
    ['an empty aud', () => ({ aud: [] }), INVALID, aud],
    ['aud of objects', () => ({ aud: [{ 0: AUDIENCE }] }), INVALID, aud],
    ['nested aud', () => ({ aud: [[AUDIENCE]] }), INVALID, aud],
    ['no exp', () => ({ exp: undefined }), INVALID, exp],
    ['exp null', () => ({ exp: null }), INVALID, exp],
    ['exp of a string', () => ({ exp: String(fromNow(600)) }), INVALID, exp],
    ['exp beyond any date', () => ({ exp: 1e20 }), INVALID, exp],
    ['exp now', () => ({ exp: fromNow(0) }), EXPIRED, 'expired'],
    ['exp long ago', () => ({ exp: -1 }), EXPIRED, 'expired'],
    ['nbf in the future', () => ({ nbf: fromNow(30) }), INVALID, 'nbf'],
    ['nbf of a string', () => ({ nbf: '0' }), INVALID, 'nbf'],
    ['iat in the future', () => ({ iat: fromNow(120) }), INVALID, 'iat'],
    ['iat null', () => ({ iat: null }), INVALID, 'iat'],
    ...['sub', 'client_id', 'jti'].flatMap((name): [string, () => object, string, string][] => [
      [`no ${name}`, () => ({ [name]: undefined }), INVALID, `${name} is missing`],
      [`${name} of an array`, () => ({ [name]: ['x'] }), INVALID, `${name} is missing`],
      [`${name} of no characters`, () => ({ [name]: '' }), INVALID, `${name} is missing`],
    ]),
    ['no iat', () => ({ iat: undefined }), INVALID, 'iat is missing'],
    ['iat of a string', () => ({ iat: String(fromNow(0)) }), INVALID, 'iat'],
  ])('with %s are refused', (_, claims, description, reason) =>
    expect(refusalOf(unsigned(rsHeader(), goodClaims(issuer, claims())))).resolves.toEqual(
      refused(description, reason),
    ),
  );

  test('with exp of 1e400 are refused', () => {
    const payload = JSON.stringify(goodClaims(issuer, { exp: 0 })).replace(
      /"exp":0/,
      '"exp":1e400',
    );
    return expect(refusalOf(unsigned(rsHeader(), payload))).resolves.toEqual(refused(INVALID, exp));
  });

  test.each<[string, () => object]>([
    ['one of several audiences', () => ({ aud: ['other', AUDIENCE] })],
    ['iat a little ahead', () => ({ iat: fromNow(30) })],
    ['nbf now', () => ({ nbf: fromNow(0) })],
    ['exp with a fraction', () => ({ exp: fromNow(1) + 0.5 })],
  ])('with %s are taken', async (_, claims) => {
    const token = await issuer.sign(goodClaims(issuer, claims()));
    expect(await outcomeOf(verifierFor(issuer), token)).toHaveProperty('token');
  });

  test('of another type are not those of RFC 9068', async () => {
    const none = { sub: undefined, client_id: undefined, iat: undefined, jti: undefined };
    const token = await issuer.sign(goodClaims(issuer, none), { typ: 'JWT' });
    expect(await outcomeOf(verifierFor(issuer, { typ: 'JWT' }), token)).toHaveProperty('token');
    expect(await outcomeOf(verifierFor(issuer, { typ: false }), token)).toHaveProperty('token');
  });

  test('clockTolerance moves exp and nbf', async () => {
    const verifier = verifierFor(issuer, { clockTolerance: 60 });
    const late = await issuer.sign(goodClaims(issuer, { exp: fromNow(-30) }));
    const early = await issuer.sign(goodClaims(issuer, { nbf: fromNow(30) }));
    const tooLate = await issuer.sign(goodClaims(issuer, { exp: fromNow(-61) }));
    expect(await outcomeOf(verifier, late)).toHaveProperty('token');
    expect(await outcomeOf(verifier, early)).toHaveProperty('token');
    expect(await outcomeOf(verifier, tooLate)).toMatchObject({ description: EXPIRED });
  });
});

describe('a signature', () => {
  const mismatch = 'signature does not fit';

  test('that was changed is refused', async () => {
    const token = await issuer.sign(goodClaims(issuer));
    const changed = token.replace(/\.(.)([^.]*)$/, (_, first, rest) =>
      first === 'A' ? `.B${rest}` : `.A${rest}`,
    );
    await expect(refusalOf(changed)).resolves.toEqual(refused(INVALID, mismatch));
    await expect(refusalOf(`${token}A`)).resolves.toEqual(refused(INVALID, mismatch));
    await expect(refusalOf(token.replace(/\.[^.]*$/, '.AAAA'))).resolves.toEqual(
      refused(INVALID, mismatch),
    );
  });

  test('over other claims is refused', async () => {
    const [header, , signature] = (await issuer.sign(goodClaims(issuer))).split('.');
    const claims = encode(goodClaims(issuer, { sub: 'admin' }));
    await expect(refusalOf(`${header}.${claims}.${signature}`)).resolves.toEqual(
      refused(INVALID, mismatch),
    );
  });

  test('by another key under a good kid is refused', async () => {
    const { keys } = issuer;
    const kid = String(keys.RS256.kid);
    issuer.keys = await createIssuerKeys();
    const forged = await issuer.sign(goodClaims(issuer), { kid });
    issuer.keys = keys;
    await expect(refusalOf(forged)).resolves.toEqual(refused(INVALID, mismatch));
  });

  test('by HMAC with the public key as secret is refused (RFC 8725 §2.1)', async () => {
    const key = createPublicKey({ key: toPublicKey(issuer.keys.RS256) as never, format: 'jwk' });
    const secret = key.export({ type: 'spki', format: 'pem' });
    const input = `${encode(rsHeader({ alg: 'HS256' }))}.${encode(goodClaims(issuer))}`;
    const mac = createHmac('sha256', secret).update(input).digest('base64url');
    await expect(refusalOf(`${input}.${mac}`)).resolves.toEqual(
      refused(INVALID, 'alg is not one of those allowed'),
    );
  });

  test.each(['RS384', 'PS256', 'ES256', 'EdDSA'])(
    'under the kid of an RS256 key, with alg %s, is refused',
    (alg) =>
      expect(refusalOf(unsigned(rsHeader({ alg })))).resolves.toEqual(
        refused(INVALID, 'no key of the issuer fits'),
      ),
  );

  test('of zeros is refused for ECDSA (CVE-2022-21449)', () => {
    const { kid } = issuer.keys.ES256;
    const input = `${encode({ alg: 'ES256', typ: 'at+jwt', kid })}.${encode(goodClaims(issuer))}`;
    return expect(refusalOf(`${input}.${Buffer.alloc(64).toString('base64url')}`)).resolves.toEqual(
      refused(INVALID, mismatch),
    );
  });
});

test('kid and iss reach the log on one line and bounded', async () => {
  const kid = `k\r\nX-Injected: 1\u2028${'x'.repeat(500)}`;
  const refusal = await outcomeOf(
    verifierFor(issuer),
    unsigned(rsHeader({ kid }), goodClaims(issuer, { iss: 'https://a\n.example' })),
  );
  expect(refusal.cause).toMatchObject({ iss: 'https://a\ufffd.example' });
  expect(refusal.cause?.kid).toHaveLength(128);
  expect(refusal.cause?.message).toMatch(/^[\x20-\x7e\ufffd]{1,400}$/);
  expect(refusal).toHaveProperty('challenges', [
    { scheme: 'Bearer', params: { error: 'invalid_token', error_description: INVALID } },
  ]);
});
