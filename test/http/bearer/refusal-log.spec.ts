import { Controller, Get } from '@nestjs/common';
import { jest } from '@jest/globals';
import {
  anyOf,
  ErrorsModule,
  InvalidTokenException,
  type TokenVerifier,
  verifiedToken,
} from 'nestjs-api-errors';
import { JwtTokenVerifier, type JwtTokenVerifierOptions } from 'nestjs-api-errors/jwt';
import { toPublicKey } from '../../support/issuer.keys.js';
import { type Issuer, startIssuer } from '../../support/issuer.js';
import { platforms, type RunningApp, startApp } from '../../support/platforms.js';
import { WarningLogger } from '../../support/warning.logger.js';

const audience = 'https://api.example';
const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;

@Controller('any')
class AnyController {
  @Get() any() {
    return {};
  }
}

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

describe.each(platforms)('refused tokens in the log, on %s', (platform) => {
  let logger: WarningLogger;
  let app: RunningApp;

  async function start(verifier: TokenVerifier) {
    logger = new WarningLogger();
    app = await startApp(
      platform,
      {
        imports: [ErrorsModule.forRoot({ bearer: { verifier, global: true } })],
        controllers: [AnyController],
      },
      { logger },
    );
  }
  const jwt = (options: Partial<JwtTokenVerifierOptions> = {}) =>
    new JwtTokenVerifier({ issuer: issuer.url, audience, ...options });
  const send = async (token: string) =>
    (await fetch(`${app.url}/any`, { headers: { authorization: `Bearer ${token}` } })).status;
  const sign = (claims: object, header?: Parameters<Issuer['sign']>[1]) =>
    issuer.sign(
      { iss: issuer.url, aud: audience, exp: seconds(600), sub: 'ada', ...claims },
      header,
    );

  afterEach(async () => {
    jest.restoreAllMocks();
    await app.close();
  });

  test.each<[string, object, Parameters<Issuer['sign']>[1], string]>([
    [
      'typ',
      {},
      { typ: 'JWT' },
      'typ is "JWT", expected "at+jwt". Where its issuer writes that into access tokens, set typ to it',
    ],
    [
      'typ of an ID token',
      { nonce: 'n' },
      { typ: 'JWT' },
      'It is an ID token, which is for the client',
    ],
    [
      'typ of Keycloak',
      { realm_access: {} },
      { typ: 'JWT' },
      'This looks like Keycloak, use keycloak({ issuer, audience }).',
    ],
    [
      'audience',
      { aud: ['a', 'b'] },
      {},
      'aud is "a" or "b", expected "https://api.example". Where that is',
    ],
    [
      'audience that is not there',
      { aud: undefined },
      {},
      'aud is none, expected "https://api.example".',
    ],
    [
      'issuer',
      { iss: 'https://a.example' },
      {},
      'iss is "https://a.example", expected "http://127.0.0.1:',
    ],
    [
      'issuer that a preset knows',
      { iss: 'https://login.microsoftonline.com/1/v2.0' },
      { typ: 'JWT' },
      'This looks like Entra ID, use entraId({ tenant, audience }).',
    ],
    ['clock', { nbf: 4_102_444_800 }, {}, 's in the future. Set the clocks of issuer and API'],
    ['key', {}, { kid: 'gone' }, 'publishes no key "gone". Is it a token of another environment'],
    ['profile', { client_id: undefined }, {}, 'client_id is missing, which typ "at+jwt" demands'],
  ])('say what is wrong with the %s', async (_, claims, header, line) => {
    await start(jwt());
    expect(await send(await sign(claims, header))).toBe(401);
    expect(logger.warnings).toEqual([expect.stringContaining(line)]);
    expect(logger.warnings[0]).toMatch(/^Tokens are refused: /);
  });

  test('say that the slash at the end of the issuer is the fault', async () => {
    await start(jwt());
    await send(await sign({ iss: `${issuer.url}/` }));
    expect(logger.warnings).toEqual([
      expect.stringContaining(
        'They differ in the slash at the end: write issuer as tokens have it.',
      ),
    ]);
  });

  test('name an algorithm of a secret', async () => {
    await start(jwt());
    const header = Buffer.from('{"alg":"HS256","typ":"at+jwt"}').toString('base64url');
    const [, payload] = (await sign({})).split('.');
    await send(`${header}.${payload}.AAAA`);
    expect(logger.warnings).toEqual([
      expect.stringMatching(/alg is "HS256", expected .* secret\.$/),
    ]);
  });

  test('are told once a minute of a kind, with how many there were', async () => {
    await start(jwt());
    for (const aud of ['a', 'b', 'c']) {
      expect(await send(await sign({ aud }))).toBe(401);
    }
    await send(await sign({ iss: 'https://a.example' }));
    expect(logger.warnings).toHaveLength(2);
    expect(logger.warnings[0]).toContain('aud is "a"');
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + 61_000);
    await send(await sign({ aud: 'd' }));
    expect(logger.warnings[2]).toMatch(
      /aud is "d".*\(2 more were refused so since the last of these/,
    );
  });

  test('bring no line, length, token or subject into it', async () => {
    await start(jwt({ claims: { sub: 'system', ver: '2' } }));
    const evil = `\u001b[31m\n2026-01-01 admin logged in\u202e${'x'.repeat(10_000)}`;
    const tokens = await Promise.all([
      sign({ aud: evil }),
      sign({ iss: evil }),
      sign({}, { typ: evil }),
      sign({ sub: 'system', ver: '2' }, { kid: evil.slice(0, 100) }),
      sign({ sub: 'ada@example.com' }),
    ]);
    for (const token of tokens) {
      expect(await send(token)).toBe(401);
    }
    expect(logger.warnings).toHaveLength(5);
    for (const line of logger.warnings) {
      // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
      expect(line).not.toMatch(/[\u0000-\u001f\u202e]|ada|eyJ/);
      expect(line.length).toBeLessThan(700);
    }
    expect(logger.warnings[4]).toContain('sub has to be "system".');
  });

  test('are refused the same whatever is in the claims that a line would show', async () => {
    const { keys } = issuer;
    const jwks = { keys: [{ ...toPublicKey(keys.RS256), issuer: 'https://{tenantid}.example' }] };
    await start(jwt({ jwks, typ: ['at+jwt', null], required: ['azp'] }));
    const noText = { toString: 1, valueOf: null };
    const deep = JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`) as unknown;
    const azp = 'a';
    for (const claims of [
      { sub: noText, aud: noText },
      { aud: deep },
      { iss: noText },
      { iss: deep },
      { tid: noText, azp },
      { azp: '', sub: noText },
      { client_id: noText, azp: null },
    ]) {
      expect(await send(await sign(claims))).toBe(401);
    }
    expect(logger.warnings.join('\n')).toMatch(/aud is an object, .*\n.*iss is an object, /);
  });

  test('are refused the same where an exception of the application throws as it is read', async () => {
    const diagnosis = () => {
      throw new Error('SECRET');
    };
    await start({
      verify: () => {
        throw new InvalidTokenException('No.', { cause: { diagnosis } });
      },
    });
    expect(await send('any')).toBe(401);
    expect(logger.warnings).toEqual([]);
  });

  test('are not told of where they expired, or another verifier takes them', async () => {
    const sessions: TokenVerifier = { verify: () => verifiedToken({ sub: 'ada' }) };
    await start(anyOf(jwt(), sessions));
    expect(await send('opaque')).toBe(200);
    expect(await send(await sign({ iss: 'https://a.example' }))).toBe(200);
    expect(await send(await sign({ exp: 1 }))).toBe(401);
    expect(logger.warnings).toEqual([]);
  });

  test('say so where tokens are opaque or encrypted', async () => {
    await start(jwt());
    expect(await send('a.b.c.d.e')).toBe(401);
    expect(logger.warnings).toEqual([
      expect.stringContaining('a token is no JWT that can be read (encr'),
    ]);
  });
});

test('what is wrong at the start is said, and does not stop it', async () => {
  const logger = new WarningLogger();
  const told = new Promise<void>((resolve) => {
    logger.warn = (message) => {
      logger.warnings.push(String(message));
      resolve();
    };
  });
  const verifier: TokenVerifier = {
    verify: () => verifiedToken({}),
    warmUp: () => Promise.resolve(['The issuer is away.']),
  };
  const imports = [ErrorsModule.forRoot({ bearer: { verifier } })];
  const { close } = await startApp('express', { imports }, { logger });
  await told;
  expect(logger.warnings).toEqual(['The issuer is away.']);
  await close();
});

test('a verifier whose warmUp() fails does not stop it either', async () => {
  const logger = new WarningLogger();
  const told = new Promise<void>((resolve) => {
    logger.warn = (message) => {
      logger.warnings.push(String(message));
      resolve();
    };
  });
  class Broken implements TokenVerifier {
    verify() {
      return verifiedToken({});
    }
    async warmUp(): Promise<void> {
      throw new Error('no way');
    }
  }
  const imports = [ErrorsModule.forRoot({ bearer: { verifier: new Broken() } })];
  const { close } = await startApp('express', { imports }, { logger });
  await told;
  expect(logger.warnings).toEqual(['warmUp() of the verifier failed: no way']);
  await close();
});
