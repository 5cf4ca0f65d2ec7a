import { randomUUID } from 'node:crypto';
import { createClient } from '@redis/client';
import { Controller, Get } from '@nestjs/common';
import { anyOf, ErrorsModule } from 'nestjs-api-errors';
import { IntrospectionTokenVerifier } from 'nestjs-api-errors/introspection';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { RedisStore } from 'nestjs-api-errors/redis';
import { DpopClient } from '../support/dpop.client.js';
import { CLIENT } from '../support/issuer.provider.js';
import { type Issuer, startIssuer } from '../support/issuer.js';
import { platforms, type PlatformName, type RunningApp, startApp } from '../support/platforms.js';
import { noRedis, type RedisServer, startRedis } from '../support/redis.server.js';

const AUDIENCE = 'https://api.example.com';
/** Of this run alone: a Redis may be shared with others. */
const PREFIX = `nestjs-api-errors:test:${randomUUID()}:`;

@Controller('books')
class BooksController {
  @Get()
  list() {
    return {};
  }
}

if (noRedis) {
  test(`nothing of Redis was tested: ${noRedis}`, () => {
    expect(noRedis).toContain('TEST_REDIS_URL');
  });
} else {
  describe.each(platforms)('instances that share a Redis, on %s', (platform) => {
    redisSuite(platform);
  });
}

function redisSuite(platform: PlatformName) {
  let issuer: Issuer;
  let redis: RedisServer;
  let client: DpopClient;
  let one: Instance;
  let other: Instance;

  beforeAll(async () => {
    [issuer, redis] = await Promise.all([startIssuer(), startRedis()]);
    client = await DpopClient.at(issuer, { audience: AUDIENCE });
    [one, other] = await Promise.all([
      startInstance(platform, issuer, redis),
      startInstance(platform, issuer, redis),
    ]);
  });
  afterEach(async () => {
    await redis.start();
    await Promise.all([one.connected(), other.connected()]);
  });
  afterAll(async () => {
    await Promise.all([one, other].map((instance) => instance?.close()));
    await Promise.all([redis?.close(), issuer?.close()]);
  });

  const send = async ({ app }: Instance, proof: string) => {
    const headers = await client.headers('', proof);
    return fetch(`${app.url}/books`, { headers });
  };
  /** A proof with the nonce that an instance asks for. */
  const proofFor = async (instance: Instance) => {
    const refused = await send(instance, await client.proof(`${AUDIENCE}/books`));
    const nonce = refused.headers.get('dpop-nonce') ?? undefined;
    return client.proof(`${AUDIENCE}/books`, 'GET', nonce);
  };
  const bearer = async ({ app }: Instance, token: string) =>
    (await fetch(`${app.url}/books`, { headers: { authorization: `Bearer ${token}` } })).status;

  test('a nonce of one is good at the other, and a proof used there is used', async () => {
    const proof = await proofFor(one);
    expect((await send(other, proof)).status).toBe(200);
    const replayed = await send(one, proof);
    expect(replayed.status).toBe(401);
    expect(replayed.headers.get('www-authenticate')).toContain('invalid_dpop_proof');
    expect((await send(other, proof)).status).toBe(401);
  });

  test('of a proof sent to both at once, many times, one is taken', async () => {
    const proof = await proofFor(one);
    const responses = await Promise.all(
      Array.from({ length: 30 }, (_, i) => send(i % 2 ? one : other, proof)),
    );
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 401)).toHaveLength(29);
  });

  test('the issuer is asked of an opaque token once', async () => {
    const asked = () => issuer.requests.filter((path) => path === '/token/introspection').length;
    const token = await issuer.token({ audience: AUDIENCE, format: 'opaque' });
    const before = asked();
    expect([await bearer(one, token), await bearer(other, token)]).toEqual([200, 200]);
    expect(asked() - before).toBe(1);
  });

  test('the issuer is asked once also of one that both meet at once, and of each alone without Redis', async () => {
    const asked = () => issuer.requests.filter((path) => path === '/token/introspection').length;
    const sendAll = (token: string) =>
      Promise.all(Array.from({ length: 10 }, (_, i) => bearer(i % 2 ? one : other, token)));
    const tokens = await Promise.all(
      ['', ''].map(() => issuer.token({ audience: AUDIENCE, format: 'opaque' })),
    );
    const before = asked();
    expect(new Set(await sendAll(tokens[0]!))).toEqual(new Set([200]));
    expect(asked() - before).toBe(1);
    await redis.stop();
    expect(new Set(await sendAll(tokens[1]!))).toEqual(new Set([200]));
    expect(asked() - before).toBe(3);
  });

  test('Redis holds no token', async () => {
    const token = await issuer.token({ audience: AUDIENCE, format: 'opaque' });
    await bearer(one, token);
    const keys = await one.redis.keys(`${PREFIX}*`);
    expect(keys.length).toBeGreaterThan(0);
    const values = await Promise.all(keys.map((key) => one.redis.get(key)));
    expect([...keys, ...values].filter((text) => text?.includes(token))).toEqual([]);
    const lives = await Promise.all(keys.map((key) => one.redis.pTTL(key)));
    expect(lives.filter((ttl) => ttl <= 0 || ttl > 301_000)).toEqual([]);
  });

  test('killed under load, it costs 503 for proofs, never a replay, and nothing of Bearer', async () => {
    const token = await issuer.token({ audience: AUDIENCE });
    const nonce = await one.nonce(client);
    const used: string[] = [];
    const seen = { dpop: new Set<number>(), bearer: new Set<number>(), replays: 0 };
    const until = Date.now() + 2_500;
    const load = async (instance: Instance) => {
      while (Date.now() < until) {
        // oxlint-disable no-await-in-loop -- a client of many, one request after the other
        const proof = await client.proof(`${AUDIENCE}/books`, 'GET', nonce);
        const { status } = await send(instance, proof);
        seen.dpop.add(status);
        if (status === 200) {
          used.push(proof);
        }
        const replay = used[Math.floor(Math.random() * used.length)];
        if (replay !== undefined && (await send(instance, replay)).status === 200) {
          seen.replays += 1;
        }
        seen.bearer.add(await bearer(instance, token));
        // oxlint-enable no-await-in-loop
      }
    };
    const killed = new Promise((resolve) => setTimeout(resolve, 800)).then(() => redis.stop());
    await Promise.all([load(one), load(other), load(one), load(other), killed]);
    expect([...seen.dpop].toSorted((a, b) => a - b)).toEqual([200, 503]);
    expect([...seen.bearer]).toEqual([200]);
    expect(seen.replays).toBe(0);
    const refused = await send(one, await client.proof(`${AUDIENCE}/books`, 'GET', nonce));
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('www-authenticate')).toBeNull();
  });

  test('back with an empty memory, it makes no used proof good where it was used', async () => {
    const proof = await proofFor(one);
    expect((await send(one, proof)).status).toBe(200);
    await redis.stop();
    expect((await send(one, proof)).status).toBe(401);
    await redis.start();
    await one.connected();
    expect((await send(one, proof)).status).toBe(401);
    expect((await send(one, await proofFor(one))).status).toBe(200);
  });
}

interface Instance {
  readonly app: RunningApp;
  readonly redis: ReturnType<typeof redisClient>;
  /** Waits until the client has a connection again. */
  connected(): Promise<void>;
  nonce(client: DpopClient): Promise<string>;
  close(): Promise<void>;
}

function redisClient(url: string) {
  const client = createClient({ url, socket: { reconnectStrategy: () => 50 } });
  return client.on('error', () => undefined);
}

async function startInstance(
  platform: PlatformName,
  issuer: Issuer,
  { url }: RedisServer,
): Promise<Instance> {
  const redis = redisClient(url);
  await redis.connect();
  const store = new RedisStore(redis, { prefix: PREFIX });
  const verifier = anyOf(
    new JwtTokenVerifier({ issuer: issuer.url, audience: AUDIENCE }),
    new IntrospectionTokenVerifier({
      issuer: issuer.url,
      audience: AUDIENCE,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      cache: { store },
    }),
  );
  const app = await startApp(platform, {
    imports: [
      ErrorsModule.forRoot({
        bearer: { verifier, global: true, dpop: { baseUrl: AUDIENCE, nonce: true, store } },
      }),
    ],
    controllers: [BooksController],
  });
  return {
    app,
    redis,
    connected: async () => {
      while (!redis.isReady) {
        // oxlint-disable-next-line no-await-in-loop -- it polls
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    nonce: async (client) => {
      const headers = await client.headers(`${AUDIENCE}/books`);
      return (await fetch(`${app.url}/books`, { headers })).headers.get('dpop-nonce')!;
    },
    close: async () => {
      await app.close();
      redis.destroy();
    },
  };
}
