import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseChallenges } from 'nestjs-api-errors/client';
import { Bookshelf } from '../../sample-app/tour/bookshelf.client.js';
import { packageFile } from '../support/packages.js';
import { freePort } from '../support/free-port.js';
import { noRedis, type RedisServer, startRedis } from '../support/redis.server.js';

const root = join(import.meta.dirname, '../..');
const READ = { method: 'GET', path: '/books/9780131103627' } as const;

/** A process of the sample, and where it listens. */
interface Instance {
  readonly process: ChildProcess;
  readonly url: string;
}

if (noRedis) {
  test(`no two processes of the sample were tested: ${noRedis}`, () => {
    expect(noRedis).toContain('TEST_REDIS_URL');
  });
} else {
  beforeAll(() => {
    const nest = packageFile('@nestjs/cli', 'bin/nest.js');
    execFileSync(process.execPath, [nest, 'build', 'sample-app'], { cwd: root, stdio: 'ignore' });
  }, 90_000);

  describe.each(['express', 'fastify'])(
    'two processes of the sample behind a Redis, on %s',
    (adapter) => {
      fleet(adapter);
    },
  );
}

function fleet(adapter: string): void {
  let redis: RedisServer;
  let one: Instance;
  let other: Instance;
  let bookshelf: Bookshelf;

  beforeAll(async () => {
    redis = await startRedis();
    const [port, otherPort, issuerPort] = await Promise.all([freePort(), freePort(), freePort()]);
    const url = `http://127.0.0.1:${port}`;
    const env = { HTTP_ADAPTER: adapter, PUBLIC_URL: url, REDIS_URL: redis.url };
    one = await startInstance({ ...env, PORT: `${port}`, ISSUER_PORT: `${issuerPort}` });
    const issuer = `http://127.0.0.1:${issuerPort}`;
    other = await startInstance({ ...env, PORT: `${otherPort}`, ISSUER: issuer });
    bookshelf = await Bookshelf.at(url);
  }, 90_000);
  afterAll(async () => {
    one?.process.kill();
    other?.process.kill();
    await redis?.close();
  });

  const read = async (instance: Instance, headers: Record<string, string>) =>
    fetch(instance.url + READ.path, { headers });
  const kiosk = () => bookshelf.credentials({ ...READ, as: 'kiosk' });

  it('takes a proof once, at whichever it comes first', async () => {
    const headers = await kiosk();
    expect((await read(one, headers)).status).toBe(200);
    const replayed = await read(other, headers);
    expect(replayed.status).toBe(401);
    const challenges = parseChallenges(replayed.headers.get('www-authenticate'));
    expect(challenges[1]).toMatchObject({
      scheme: 'DPoP',
      params: { error: 'invalid_dpop_proof' },
    });
    expect((await read(other, await kiosk())).status).toBe(200);
  });

  it('answers proofs with 503 while Redis is gone, Bearer as ever, and used proofs never', async () => {
    const used = await kiosk();
    expect((await read(one, used)).status).toBe(200);
    const bearer = await bookshelf.credentials({ ...READ, as: 'reader' });
    await redis.stop();
    const [fresh, otherFresh] = [await read(one, await kiosk()), await read(other, await kiosk())];
    expect([fresh.status, otherFresh.status]).toEqual([503, 503]);
    expect(await fresh.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect((await read(one, used)).status).toBe(401);
    expect((await read(other, used)).status).toBe(503);
    expect([(await read(one, bearer)).status, (await read(other, bearer)).status]).toEqual([
      200, 200,
    ]);
  });

  it('goes on when Redis is back', async () => {
    await redis.start();
    let status = 503;
    for (const until = Date.now() + 10_000; status === 503 && Date.now() < until;) {
      // oxlint-disable-next-line no-await-in-loop -- it polls: the instances connect by themselves
      ({ status } = await read(other, await kiosk()));
    }
    expect(status).toBe(200);
  });
}

async function startInstance(env: Record<string, string>): Promise<Instance> {
  const child = spawn(process.execPath, [join(root, 'sample-app/dist/main.js')], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = `http://127.0.0.1:${env['PORT']}`;
  // Its log comes first; the greeting when it listens
  await new Promise<void>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Swagger UI')) {
        resolve();
      }
    });
    child.once('exit', () => reject(new Error(`The sample ended: ${output}`)));
  });
  return { process: child, url };
}
