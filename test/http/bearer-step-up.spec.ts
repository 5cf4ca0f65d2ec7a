import { Controller, Delete, Get } from '@nestjs/common';
import {
  ErrorsModule,
  OptionalToken,
  parseChallenges,
  RequireAuthentication,
  RequireScopes,
} from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { errorAnswer } from '../support/answers.js';
import { DpopClient, requestToken } from '../support/dpop.client.js';
import { type Issuer, startIssuer } from '../support/issuer.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';

const AUDIENCE = 'https://api.example.com';

@Controller('books')
@RequireAuthentication({ maxAge: 3_600 })
class BooksController {
  @Get()
  list() {
    return {};
  }

  @Delete()
  @RequireScopes('books.write')
  @RequireAuthentication({ acrValues: ['phrh', 'phr'], maxAge: 300 })
  withdraw() {
    return {};
  }

  @Get('maybe')
  @OptionalToken()
  maybe() {
    return {};
  }
}

let issuer: Issuer;
const seconds = () => Math.floor(Date.now() / 1000);

beforeAll(async () => {
  issuer = await startIssuer({
    // Stands for a login, of which a client credentials grant has none
    extraTokenClaims: (ctx) => {
      const [acr, age] = ctx.get('x-login').split(' ');
      return age ? { acr, auth_time: seconds() - Number(age) } : {};
    },
  });
});
afterAll(() => issuer.close());

const tokenOf = (login: string, scope = 'books.write') =>
  requestToken(issuer, { audience: AUDIENCE, scope, headers: { 'x-login': login } });

describe.each(platforms)('step-up on %s', (platform) => {
  let app: RunningApp;
  beforeAll(async () => {
    const verifier = new JwtTokenVerifier({ issuer: issuer.url, audience: AUDIENCE });
    app = await startApp(platform, {
      imports: [
        ErrorsModule.forRoot({ bearer: { verifier, global: true, dpop: { baseUrl: AUDIENCE } } }),
      ],
      controllers: [BooksController],
    });
  });
  afterAll(() => app.close());

  const call = (token: string, method = 'DELETE') =>
    fetch(`${app.url}/books`, { method, headers: { authorization: `Bearer ${token}` } });

  test.each([
    ['no login', ''],
    ['a weak one', 'pwd 10'],
    ['a strong one an hour ago', 'phr 3000'],
    ['a weak one an hour ago', 'pwd 3000'],
    ['a strong one in two minutes', 'phr -120'],
    ['a strong one, told in milliseconds', `phr -${Date.now()}`],
  ])('%s is refused, and what is needed is said', async (_, login) => {
    const response = await call(await tokenOf(login));
    const [bearer, dpop] = parseChallenges(response.headers.get('www-authenticate'));
    expect(bearer).toMatchObject({
      scheme: 'Bearer',
      params: {
        realm: 'api',
        error: 'insufficient_user_authentication',
        acr_values: 'phrh phr',
        max_age: '300',
      },
    });
    expect(dpop).toMatchObject({ scheme: 'DPoP', params: { algs: expect.any(String) } });
    expect(await errorAnswer(response)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  });

  test('a client that logs in again as it is told comes through', async () => {
    const refused = await call(await tokenOf('pwd 10'));
    const [challenge] = parseChallenges(refused.headers.get('www-authenticate'));
    const [acr] = challenge!.params['acr_values']!.split(' ');
    expect((await call(await tokenOf(`${acr} 0`))).status).toBe(200);
  });

  test.each([
    ['phr 0'],
    ['phrh 299'],
    // The clock of the issuer may be a little ahead
    ['phr -5'],
  ])('the login "%s" is good', async (login) => {
    expect((await call(await tokenOf(login))).status).toBe(200);
  });

  test('it is asked of a good token only', async () => {
    const expired = await issuer.sign({
      iss: issuer.url,
      aud: AUDIENCE,
      exp: seconds() - 1,
      scope: 'books.write',
    });
    for (const [token, error] of [
      [expired, 'invalid_token'],
      ['made-up', 'invalid_token'],
      [await tokenOf('pwd 10', 'books.read'), 'insufficient_scope'],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one after another reads better when one fails
      const response = await call(token);
      const [challenge] = parseChallenges(response.headers.get('www-authenticate'));
      expect(challenge!.params['error']).toBe(error);
    }
  });

  test('a class asks it of each of its methods', async () => {
    expect((await call(await tokenOf('any 3599'), 'GET')).status).toBe(200);
    const response = await call(await tokenOf('any 3700'), 'GET');
    const [challenge] = parseChallenges(response.headers.get('www-authenticate'));
    expect(challenge!.params).toMatchObject({ max_age: '3600' });
    expect(challenge!.params).not.toHaveProperty('acr_values');
  });

  test('where a token is optional, it is asked of who sends one', async () => {
    const get = (headers: Record<string, string>) => fetch(`${app.url}/books/maybe`, { headers });
    expect((await get({})).status).toBe(200);
    expect((await get({ authorization: `Bearer ${await tokenOf('pwd 9999')}` })).status).toBe(401);
  });

  test('a request with a proof is told in its scheme', async () => {
    const client = await DpopClient.at(issuer, { audience: AUDIENCE, scope: 'books.write' });
    const proof = await client.proof(`${AUDIENCE}/books`, 'DELETE');
    const response = await fetch(`${app.url}/books`, {
      method: 'DELETE',
      headers: await client.headers('', proof),
    });
    expect(parseChallenges(response.headers.get('www-authenticate'))).toMatchObject([
      { scheme: 'Bearer', params: { realm: 'api' } },
      { scheme: 'DPoP', params: { error: 'insufficient_user_authentication', max_age: '300' } },
    ]);
  });
});

test.each([
  ['nothing', {}],
  ['no value', { acrValues: [] }],
  ['a value with a space', { acrValues: ['a b'] }],
  ['a value with a quote', { acrValues: ['a"'] }],
  ['a value that is none', { acrValues: [7] }],
  ['text', { acrValues: 'phr' }],
  ['a negative age', { maxAge: -1 }],
  ['half a second', { maxAge: 0.5 }],
  ['an age of text', { maxAge: '300' }],
])('a decorator that asks for %s is a mistake that says so', (_, requirement) => {
  expect(() => RequireAuthentication(requirement as never)).toThrow(/@RequireAuthentication\(\)/);
});
