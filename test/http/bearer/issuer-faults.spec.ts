import { Controller, Get } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { errorAnswer } from '../../support/answers.js';
import { type Issuer, type IssuerFault, startIssuer } from '../../support/issuer.js';
import {
  type PlatformName,
  platforms,
  type RunningApp,
  startApp,
} from '../../support/platforms.js';

const audience = 'https://api.example';

@Controller()
class OkController {
  @Get() ok() {
    return { ok: true };
  }
}

function start(platform: PlatformName, issuer: string): Promise<RunningApp> {
  const verifier = new JwtTokenVerifier({ issuer, audience });
  return startApp(platform, {
    imports: [ErrorsModule.forRoot({ bearer: { verifier, global: true } })],
    controllers: [OkController],
  });
}

const call = (url: string, token: string) =>
  fetch(url, { headers: { authorization: `Bearer ${token}` } });

describe.each(platforms)('an issuer that fails, on %s', (platform) => {
  let issuer: Issuer;
  let good: string;

  beforeAll(async () => {
    issuer = await startIssuer();
    good = await issuer.token({ audience });
  });
  afterAll(() => issuer.close());
  afterEach(() => {
    issuer.fault = undefined;
  });

  it.each<IssuerFault>(['error', 'hang', 'garbage', 'empty'])(
    '%s, with no keys at hand: 503 with Retry-After, within a bounded time',
    async (fault) => {
      issuer.fault = fault;
      const { url, close } = await start(platform, issuer.url);
      const began = Date.now();
      const answer = await errorAnswer(await call(url, good));
      expect(answer).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE', challenge: null });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Date.now() - began).toBeLessThan(8000);
      await close();
    },
    20_000,
  );

  it('unreachable: 503, and good again once it is back', async () => {
    const gone = await startIssuer();
    const token = await gone.token({ audience });
    await gone.stop();
    const { url, close } = await start(platform, gone.url);
    expect((await call(url, token)).status).toBe(503);
    await gone.start();
    const deadline = Date.now() + 10_000;
    let status = 503;
    while (status === 503 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      ({ status } = await call(url, token));
    }
    expect(status).toBe(200);
    await Promise.all([close(), gone.close()]);
  }, 20_000);

  it('stops, hangs, breaks and rotates under load: no 401 for a good token, no 200 for a bad one', async () => {
    const shaky = await startIssuer();
    const { url, close } = await start(platform, shaky.url);
    let tokens = [await shaky.token({ audience })];
    const bad = `${tokens[0]!.slice(0, -6)}AAAAAA`;
    const seen: Record<'good' | 'bad', Set<number>> = { good: new Set(), bad: new Set() };
    const ended = new AbortController();
    const load = Array.from({ length: 6 }, async (_unused, worker) => {
      while (!ended.signal.aborted) {
        const kind = worker === 0 ? 'bad' : 'good';
        const token = kind === 'bad' ? bad : tokens[worker % tokens.length]!;
        seen[kind].add((await call(url, token)).status);
      }
    });
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    await pause(300);
    for (const fault of ['error', 'hang', 'garbage'] as const) {
      shaky.fault = fault;
      await pause(400);
    }
    shaky.fault = undefined;
    await shaky.rotate();
    tokens = [await shaky.token({ audience }), await shaky.token({ audience, alg: 'ES256' })];
    await pause(600);
    await shaky.stop();
    await pause(500);
    await shaky.start();
    ended.abort();
    await Promise.all(load);
    expect([...seen.good].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(seen.good.has(200)).toBe(true);
    expect([...seen.bad].filter((status) => status !== 401 && status !== 503)).toEqual([]);
    await Promise.all([close(), shaky.close()]);
  }, 40_000);
});

describe.each(platforms)('why a token was refused, on %s', (platform) => {
  it('goes to the log at debug, without the token; the caller reads its class alone', async () => {
    const issuer = await startIssuer();
    const lines: string[] = [];
    const silent = () => undefined;
    const logger = {
      log: silent,
      warn: silent,
      error: silent,
      verbose: silent,
      debug: (entry: unknown) => lines.push(String(entry)),
    };
    const verifier = new JwtTokenVerifier({ issuer: issuer.url, audience });
    const { url, close } = await startApp(
      platform,
      {
        imports: [ErrorsModule.forRoot({ bearer: { verifier, global: true } })],
        controllers: [OkController],
      },
      { logger },
    );
    const token = await issuer.token({ audience: 'https://other.example' });
    const answer = await errorAnswer(await call(url, token));
    expect(answer.description).toBe('The access token is not valid.');
    expect(answer.challenge).not.toMatch(/aud|other/);
    const line = lines.find((text) => text.includes('401 UNAUTHORIZED'));
    expect(line).toContain(`iss "${issuer.url}"`);
    expect(line).toMatch(/audience|aud/);
    expect(line).not.toContain(token.split('.')[2]);
    await Promise.all([close(), issuer.close()]);
  });
});
