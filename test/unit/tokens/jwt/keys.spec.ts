import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { InvalidTokenException } from '../../../../lib/contract/exceptions/bearer.exceptions.js';
import { JwtTokenVerifier } from '../../../../lib/tokens/jwt/index.js';
import { toPublicKey } from '../../../support/issuer.keys.js';
import { type Issuer, startIssuer } from '../../../support/issuer.js';
import {
  AUDIENCE,
  encode,
  fromNow,
  goodClaims,
  outcomeOf,
  passTime,
  verifierFor,
} from './support.js';

const TEN_MINUTES = 600;

let issuer: Issuer;
beforeEach(async () => {
  issuer = await startIssuer();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await issuer.close();
});

/** A token of an hour or two days that names a key which the issuer never had. */
const withUnknownKid = (kid = 'unknown') => issuer.sign(goodClaims(issuer), { kid });
/** The same, signed by nobody. */
const madeUp = (kid: string | undefined) =>
  [{ alg: 'RS256', typ: 'at+jwt', kid }, goodClaims(issuer, { exp: fromNow(200_000) }), 'AAAA']
    .map(encode)
    .join('.');
const longLived = () => issuer.sign(goodClaims(issuer, { exp: fromNow(200_000) }));

const outcomesOf = (verifier: JwtTokenVerifier, tokens: readonly string[]) =>
  Promise.all(tokens.map((token) => outcomeOf(verifier, token)));

describe('keys', () => {
  test('are fetched once for any number of concurrent first requests', async () => {
    const verifier = verifierFor(issuer, { cache: false });
    const tokens = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        issuer.token({ audience: AUDIENCE, alg: index % 2 === 0 ? 'RS256' : 'ES256' }),
      ),
    );
    issuer.requests.length = 0;
    for (const outcome of await outcomesOf(verifier, tokens)) {
      expect(outcome).toHaveProperty('token');
    }
    expect(issuer.requests).toEqual(['/.well-known/oauth-authorization-server', '/jwks']);
  });

  test('are fetched in advance by warmUp, which neither throws nor rejects, and tells why not', async () => {
    const token = await issuer.token({ audience: AUDIENCE });
    const verifier = verifierFor(issuer);
    const warnings = verifier.warmUp();
    expect(verifier.onModuleInit()).toBeUndefined();
    await outcomeOf(verifier, token);
    expect(await warnings).toEqual([]);
    expect(issuer.keyRequests).toBe(1);
    await issuer.stop();
    expect(await verifierFor(issuer).warmUp()).toEqual([
      expect.stringMatching(`^The keys of ${issuer.url} cannot be had. Until they can, `),
    ]);
  });

  test('are not asked for by tokens that are refused anyway', async () => {
    const verifier = verifierFor(issuer);
    await outcomeOf(verifier, await issuer.sign(goodClaims(issuer, { iss: 'https://a.example' })));
    await outcomeOf(verifier, await issuer.sign(goodClaims(issuer, { exp: 1 })));
    await outcomeOf(verifier, 'garbage');
    expect(issuer.requests).toEqual([]);
  });

  test('given in the options verify without any request', async () => {
    const { RS256, ES256 } = issuer.keys;
    const jwks = { keys: [toPublicKey(RS256), toPublicKey(ES256)] };
    const verifier = verifierFor(issuer, { jwks });
    expect(await outcomeOf(verifier, await issuer.sign(goodClaims(issuer)))).toHaveProperty(
      'token',
    );
    expect(await outcomeOf(verifier, await withUnknownKid())).toBeInstanceOf(InvalidTokenException);
    expect(issuer.requests).toEqual([]);
  });

  test('at jwksUri are fetched without discovery', async () => {
    const verifier = verifierFor(issuer, { jwksUri: `${issuer.url}/jwks` });
    expect(await outcomeOf(verifier, await issuer.sign(goodClaims(issuer)))).toHaveProperty(
      'token',
    );
    expect(issuer.requests).toEqual(['/jwks']);
  });

  test('of one issuer verify no token of another', async () => {
    const other = await startIssuer();
    const verifier = new JwtTokenVerifier({ issuer: [issuer.url, other.url], audience: AUDIENCE });
    const { kid } = other.keys.RS256;
    const forged = await issuer.sign(goodClaims(other), { kid });
    const good = await other.token({ audience: AUDIENCE });
    expect(await outcomeOf(verifier, good)).toMatchObject({ token: { issuer: other.url } });
    expect(await outcomeOf(verifier, forged)).toBeInstanceOf(InvalidTokenException);
    expect(issuer.requests).toEqual([]);
    await other.close();
  });

  test('that are older than ten minutes are renewed while they serve', async () => {
    const verifier = verifierFor(issuer, { cache: false });
    const token = await longLived();
    await outcomeOf(verifier, token);
    passTime(TEN_MINUTES + 1);
    issuer.fault = 'hang';
    const started = performance.now();
    expect(await outcomeOf(verifier, token)).toHaveProperty('token');
    expect(performance.now() - started).toBeLessThan(1_000);
    await until(() => issuer.requests.length === 3);
  });
});

describe('after a rotation', () => {
  test.each(['RS256', 'ES256'] as const)('no good %s token is refused', async (alg) => {
    const verifier = verifierFor(issuer);
    for (let round = 0; round < 4; round += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one rotation after the other
      const token = await issuer.token({ audience: AUDIENCE, alg });
      // oxlint-disable-next-line no-await-in-loop
      expect(await outcomeOf(verifier, token)).toHaveProperty('token');
      // oxlint-disable-next-line no-await-in-loop
      await issuer.rotate();
    }
    expect(issuer.keyRequests).toBe(4);
  });

  test('while somebody makes up key ids, none is refused either', async () => {
    const verifier = verifierFor(issuer);
    await outcomeOf(verifier, await withUnknownKid('made up before'));
    const flood = outcomesOf(verifier, [await withUnknownKid('1'), await withUnknownKid('2')]);
    await issuer.rotate();
    expect(await outcomeOf(verifier, await longLived())).toHaveProperty('token');
    expect(await flood).toEqual([expect.any(InvalidTokenException), expect.any(Error)]);
  });

  test.each([
    ['key ids', true],
    ['tokens without one', false],
  ])('long after somebody began to make up %s, none is refused either', async (_, hasKid) => {
    const flood = (index: number) => madeUp(hasKid ? `${index}` : undefined);
    const verifier = verifierFor(issuer);
    for (let index = 0; index < 8; index += 1) {
      // oxlint-disable-next-line no-await-in-loop -- fetch after fetch in vain
      expect(await outcomeOf(verifier, flood(index))).toBeInstanceOf(InvalidTokenException);
      passTime(3 * (index + 1));
    }
    await outcomeOf(verifier, flood(8));
    await issuer.rotate();
    const header = hasKid ? {} : { kid: undefined };
    const token = await issuer.sign(goodClaims(issuer, { exp: fromNow(200_000) }), header);
    expect(await outcomeOf(verifier, token)).toHaveProperty('token');
  });

  test('while a client repeats its one bad token, none is refused either', async () => {
    const verifier = verifierFor(issuer, { cache: false });
    const bad = await withUnknownKid();
    const over = new AbortController();
    const client = (async () => {
      while (!over.signal.aborted) {
        // oxlint-disable-next-line no-await-in-loop -- one request after the other
        await outcomesOf(verifier, [bad, bad]);
        // oxlint-disable-next-line no-await-in-loop
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    for (let round = 0; round < 3; round += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one rotation after the other
      await issuer.rotate();
      // oxlint-disable-next-line no-await-in-loop
      expect(await outcomeOf(verifier, await longLived())).toHaveProperty('token');
    }
    over.abort();
    await client;
  });

  test('of keys without ids, none is refused either', async () => {
    const key = { ...toPublicKey(issuer.keys.RS256), kid: undefined };
    const given = verifierFor(issuer, { jwks: { keys: [key, key] } });
    const token = await issuer.sign(goodClaims(issuer), { kid: undefined });
    expect(await outcomeOf(given, token)).toHaveProperty('token');

    const verifier = verifierFor(issuer);
    expect(await outcomeOf(verifier, token)).toHaveProperty('token');
    await issuer.rotate();
    const rotated = await issuer.sign(goodClaims(issuer), { kid: undefined });
    expect(await outcomeOf(verifier, rotated)).toHaveProperty('token');
    const old = await outcomeOf(verifierFor(issuer), token);
    expect(old.cause?.reason).toBe('signature does not fit');
  });

  test('tokens of the retired key are refused once the new set is known', async () => {
    const verifier = verifierFor(issuer);
    const old = await longLived();
    expect(await outcomeOf(verifier, old)).toHaveProperty('token');
    await issuer.rotate();
    await outcomeOf(verifier, await longLived());
    expect(await outcomeOf(verifier, old)).toBeInstanceOf(InvalidTokenException);
  });
});

describe('unknown key ids', () => {
  test('at once cost one fetch', async () => {
    const verifier = verifierFor(issuer);
    await outcomeOf(verifier, await longLived());
    const tokens = await Promise.all(
      Array.from({ length: 200 }, (_, index) => withUnknownKid(`made up ${index}`)),
    );
    for (const outcome of await outcomesOf(verifier, tokens)) {
      expect(outcome).toBeInstanceOf(InvalidTokenException);
    }
    expect(issuer.keyRequests).toBe(2);
  });

  test('one after the other cost a fetch per cooldown, and no more time than that', async () => {
    const verifier = verifierFor(issuer);
    await outcomeOf(verifier, await longLived());
    const started = performance.now();
    for (let index = 0; index < 4; index += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      const outcome = await outcomeOf(verifier, await withUnknownKid(`made up ${index}`));
      expect(outcome).toBeInstanceOf(InvalidTokenException);
    }
    const cooldowns = (performance.now() - started) / 2_000;
    expect(issuer.keyRequests).toBeLessThanOrEqual(2 + cooldowns);
    expect(cooldowns).toBeLessThan(4);
  });

  test('beyond a thousand that wait cannot be told now, and hold up no token of a known key', async () => {
    const verifier = verifierFor(issuer, { cache: false });
    const good = await longLived();
    await outcomeOf(verifier, good);
    await outcomeOf(verifier, madeUp('begins the cooldown'));
    const waiting = outcomesOf(
      verifier,
      Array.from({ length: 1_000 }, (_, index) => madeUp(`flood ${index}`)),
    );
    const began = performance.now();
    expect(await outcomeOf(verifier, good)).toHaveProperty('token');
    const beyond = await outcomeOf(verifier, madeUp('one more'));
    expect(beyond).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfter: 2 });
    expect(await outcomeOf(verifier, madeUp('begins the cooldown'))).toBeInstanceOf(
      InvalidTokenException,
    );
    expect(performance.now() - began).toBeLessThan(1_000);
    const refused = (await waiting).filter((outcome) => outcome instanceof InvalidTokenException);
    expect(refused).toHaveLength(1_000);
    expect(issuer.keyRequests).toBe(3);
  });

  test('that were just looked for are refused at once', async () => {
    const verifier = verifierFor(issuer);
    const token = await withUnknownKid();
    await outcomeOf(verifier, token);
    const requests = issuer.requests.length;
    const started = performance.now();
    expect(await outcomeOf(verifier, token)).toBeInstanceOf(InvalidTokenException);
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(issuer.requests).toHaveLength(requests);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    // oxlint-disable-next-line no-await-in-loop -- that is what waiting is
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
