import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { errorAnswer } from '../support/answers.js';
import { platforms } from '../support/platforms.js';

const fixture = fileURLToPath(new URL('../fixtures/throttled-app.mjs', import.meta.url));

describe.each(platforms)('@nestjs/throttler, on %s', (platform) => {
  let child: ChildProcess;
  let url: string;

  beforeAll(async () => {
    child = spawn(process.execPath, [fixture, platform], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout!, 'data')) as [Buffer];
    url = line.toString().trim();
  });
  afterAll(() => {
    child.kill();
  });

  it('is 429 in shape, with the Retry-After that it set', async () => {
    expect((await fetch(`${url}/ok`)).status).toBe(200);
    const answer = await errorAnswer(await fetch(`${url}/ok`));
    expect(answer).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
