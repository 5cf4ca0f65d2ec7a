import { connect } from 'node:net';
import { Controller, Get } from '@nestjs/common';
import { jest } from '@jest/globals';
import { ErrorsModule, MemoryStore, Public } from 'nestjs-api-errors';
import {
  IntrospectionTokenVerifier,
  type IntrospectionTokenVerifierOptions,
} from 'nestjs-api-errors/introspection';
import { CLIENT } from '../support/issuer.provider.js';
import { type Issuer, startIssuer } from '../support/issuer.js';
import { platforms, type PlatformName, startApp } from '../support/platforms.js';
import { parseResponses } from '../support/raw-http.js';
import { type SlowProxy, startSlowProxy } from '../support/slow-proxy.js';

const AUDIENCE = 'https://api.example.com';

@Controller()
class BooksController {
  @Get('books')
  list() {
    return {};
  }

  @Public()
  @Get('health')
  health() {
    return {};
  }
}

let issuer: Issuer;
let slow: SlowProxy;

beforeAll(async () => {
  issuer = await startIssuer();
  slow = await startSlowProxy(issuer.url, 500);
});
beforeEach(() => Object.assign(slow.seen, { count: 0, most: 0 }));
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => Promise.all([slow.close(), issuer.close()]));

type Options = Partial<IntrospectionTokenVerifierOptions>;

const verifierWith = (options: Options) =>
  new IntrospectionTokenVerifier({
    issuer: issuer.url,
    audience: AUDIENCE,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    endpoint: `${slow.url}/token/introspection`,
    ...options,
  });

const opaque = () => issuer.token({ audience: AUDIENCE, format: 'opaque' });

async function start(platform: PlatformName, options: Options = {}) {
  const app = await startApp(platform, {
    imports: [ErrorsModule.forRoot({ bearer: { verifier: verifierWith(options), global: true } })],
    controllers: [BooksController],
  });
  const get = (token: string, path = '/books') =>
    fetch(app.url + path, { headers: { authorization: `Bearer ${token}` } });
  return { ...app, get };
}

/** So many requests, each with its own token: 50 on a connection, none of them waiting for an answer. */
async function flood(port: number, count: number): Promise<number[]> {
  const connections = Array.from({ length: count / 50 }, (_, i) =>
    pipeline(port, `made-up-${i}`, 50),
  );
  return (await Promise.all(connections)).flat();
}

function pipeline(port: number, name: string, count: number) {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => undefined);
  const lines = (token: string) =>
    `GET /books HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n`;
  socket.write(
    Array.from({ length: count }, (_, i) => {
      const isLast = i === count - 1;
      return `${lines(`${name}-${i}`)}${isLast ? 'Connection: close\r\n' : ''}\r\n`;
    }).join(''),
  );
  return new Promise<number[]>((resolve) => {
    socket.on('close', () => {
      const responses = parseResponses(Buffer.concat(chunks).toString('latin1'));
      resolve(responses.map(({ status }) => status));
    });
  });
}

describe.each(platforms)('1,000 made-up tokens at once on %s', (platform) => {
  test('are so many questions as may be in flight, 503 beyond them, and in nobody’s way', async () => {
    const app = await start(platform, { cache: { maxAge: 10 } });
    const [cached, known] = [await opaque(), await opaque()];
    expect([await app.get(cached), await app.get(known)].map(({ status }) => status)).toEqual([
      200, 200,
    ]);
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + 11_000);
    expect((await app.get(cached)).status).toBe(200);

    slow.hold();
    let came = 0;
    app.app.getHttpServer().on('request', () => {
      came += 1;
    });
    const answers = flood(app.port, 1_000);
    await until(() => came === 1_000 && slow.seen.most >= 100);
    const calm = await Promise.all([app.get(cached), fetch(`${app.url}/health`)]);
    expect(calm.map(({ status }) => status)).toEqual([200, 200]);
    // Its answer has run out, and it is asked about again
    const again = app.get(known);
    await until(() => slow.seen.most >= 101);
    slow.letGo();
    expect((await again).status).toBe(200);

    const statuses = await answers;
    expect(statuses.filter((status) => status === 401)).toHaveLength(100);
    expect(statuses.filter((status) => status === 503)).toHaveLength(900);
    expect(slow.seen.most).toBeLessThanOrEqual(102);
    await app.close();
  });

  test('a token beyond the bound is told when to come again, and is good then', async () => {
    const app = await start(platform, { questions: { maxInFlight: 1 } });
    const token = await opaque();
    const first = app.get('made-up');
    await until(() => slow.seen.count === 1);
    const refused = await app.get(token);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('www-authenticate')).toBeNull();
    expect((await first).status).toBe(401);
    expect((await app.get(token)).status).toBe(200);
    await app.close();
  });

  test('no more is asked in a second than it may be', async () => {
    const app = await start(platform, { questions: { maxPerSecond: 5 } });
    const made = await Promise.all(Array.from({ length: 20 }, (_, i) => app.get(`made-up-${i}`)));
    expect(made.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(made.filter(({ status }) => status === 503)).toHaveLength(15);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await app.get(await opaque())).status).toBe(200);
    await app.close();
  });
});

describe('several instances that meet one new token at once', () => {
  const verifiers = (count: number, store: MemoryStore) =>
    Array.from({ length: count }, () => verifierWith({ cache: { store } }));
  const outcome = async (verifier: IntrospectionTokenVerifier, token: string) => {
    try {
      return (await verifier.verify(token)).clientId;
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  };

  test('ask once, of a good one and of a bad one', async () => {
    const fleet = verifiers(5, new MemoryStore());
    const token = await opaque();
    const good = await Promise.all(fleet.map((one) => outcome(one, token)));
    expect(good).toEqual(fleet.map(() => CLIENT.id));
    const bad = await Promise.all(fleet.map((one) => outcome(one, 'made-up')));
    expect(bad).toEqual(fleet.map(() => 'UNAUTHORIZED'));
    expect(slow.seen.count).toBe(2);
  });

  test('wait no longer than two seconds for one that died with its question', async () => {
    const store = new MemoryStore();
    const fleet = verifiers(3, store);
    const claim = jest.spyOn(store, 'setIfAbsent');
    const token = await opaque();
    const dead = verifierWith({ cache: { store }, endpoint: 'http://127.0.0.1:9/' });
    expect(await outcome(dead, token)).toBe('SERVICE_UNAVAILABLE');
    expect(claim).toHaveBeenCalledTimes(1);
    const began = performance.now();
    expect(await Promise.all(fleet.map((one) => outcome(one, token)))).toEqual(
      fleet.map(() => CLIENT.id),
    );
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(slow.seen.count).toBe(1);
  });

  test('go on alone where the store is gone, also while they wait for it', async () => {
    const store = new MemoryStore();
    const fleet = verifiers(3, store);
    const token = await opaque();
    const asking = fleet.map((one) => outcome(one, token));
    await until(() => slow.seen.count === 1);
    jest.spyOn(store, 'get').mockRejectedValue(new Error('gone'));
    jest.spyOn(store, 'setIfAbsent').mockRejectedValue(new Error('gone'));
    expect(await Promise.all(asking)).toEqual(fleet.map(() => CLIENT.id));
    expect(slow.seen.count).toBe(3);
  });

  test('that asks in vain may ask again at once', async () => {
    const [one] = verifiers(1, new MemoryStore());
    const token = await opaque();
    await issuer.stop();
    expect(await outcome(one!, token)).toBe('SERVICE_UNAVAILABLE');
    await issuer.start();
    const began = performance.now();
    expect(await outcome(one!, token)).toBe(CLIENT.id);
    expect(performance.now() - began).toBeLessThan(1_500);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    // oxlint-disable-next-line no-await-in-loop -- it polls
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
