import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { InvalidTokenException } from '../../../../lib/contract/exceptions/bearer.exceptions.js';
import { ServiceUnavailableException } from '../../../../lib/contract/exceptions/contract.exceptions.js';
import { JwtTokenVerifier } from '../../../../lib/tokens/jwt/index.js';
import { type Issuer, type IssuerFault, startIssuer } from '../../../support/issuer.js';
import { AUDIENCE, fromNow, goodClaims, outcomeOf, passTime, verifierFor } from './support.js';

const ONE_DAY = 86_400;

let issuer: Issuer;
beforeEach(async () => {
  issuer = await startIssuer();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await issuer.close();
});

const withUnknownKid = () => issuer.sign(goodClaims(issuer), { kid: 'unknown' });
const longLived = () => issuer.sign(goodClaims(issuer, { exp: fromNow(200_000) }));

describe('an issuer', () => {
  const quick: readonly IssuerFault[] = ['error', 'garbage', 'huge', 'redirect', 'empty'];

  test.each<IssuerFault>([...quick, 'hang', 'stall'])(
    'with fault %s and no keys is 503 in a bounded time',
    async (fault) => {
      const verifier = verifierFor(issuer);
      const token = await longLived();
      issuer.fault = fault;
      const started = performance.now();
      const outcome = await outcomeOf(verifier, token);
      expect(outcome).toBeInstanceOf(ServiceUnavailableException);
      expect(outcome.retryAfter).toBeGreaterThan(0);
      expect(performance.now() - started).toBeLessThan(6_000);
      const again = performance.now();
      expect(await outcomeOf(verifier, token)).toBeInstanceOf(ServiceUnavailableException);
      expect(performance.now() - again).toBeLessThan(1_500);
      issuer.fault = undefined;
      passTime(3);
      expect(await outcomeOf(verifier, token)).toHaveProperty('token');
    },
  );

  test('that cannot be reached is 503', async () => {
    const token = await longLived();
    const { url } = issuer;
    await issuer.stop();
    const outcome = await outcomeOf(
      new JwtTokenVerifier({ issuer: url, audience: AUDIENCE }),
      token,
    );
    expect(outcome).toBeInstanceOf(ServiceUnavailableException);
    expect(outcome.description).not.toContain(url);
  });

  test.each(quick)('with fault %s goes on being believed for a day', async (fault) => {
    const verifier = verifierFor(issuer, { cache: false });
    const token = await longLived();
    await outcomeOf(verifier, token);
    issuer.fault = fault;
    passTime(ONE_DAY - 60);
    expect(await outcomeOf(verifier, token)).toHaveProperty('token');
    const unknown = await outcomeOf(verifier, await withUnknownKid());
    expect(unknown).toBeInstanceOf(ServiceUnavailableException);
    const forged = (await longLived()).replace(/[^.]+$/, 'AAAA');
    expect(await outcomeOf(verifier, forged)).toBeInstanceOf(InvalidTokenException);
    jest.restoreAllMocks();
    passTime(ONE_DAY + 60);
    expect(await outcomeOf(verifier, token)).toBeInstanceOf(ServiceUnavailableException);
  });

  test('that comes back with other keys is believed with those', async () => {
    const verifier = verifierFor(issuer);
    await outcomeOf(verifier, await longLived());
    await issuer.stop();
    await issuer.rotate();
    const token = await longLived();
    expect(await outcomeOf(verifier, token)).toBeInstanceOf(ServiceUnavailableException);
    await issuer.start();
    passTime(3);
    expect(await outcomeOf(verifier, token)).toHaveProperty('token');
  });
});
