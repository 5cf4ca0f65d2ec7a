import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ServiceUnavailableException } from 'nestjs-api-errors';
import { AppModule, ShelvesHealth } from './recipes/terminus.js';
import { changesNothing, isAnswered, onEachAdapter, start } from './support.js';

onEachAdapter('@nestjs/terminus', (platform) => {
  it('a report that all is up is as it is', async () => {
    ShelvesHealth.isUp = true;
    await changesNothing(AppModule, platform, ['/health']);
  });

  it('a report of what is down stands beside code and description, and in the log', async () => {
    ShelvesHealth.isUp = false;
    const { ask, log } = await start(AppModule, platform);
    const down = { shelves: { status: 'down', message: 'The shelves are locked.' } };
    isAnswered(await ask('/health'), [
      503,
      {
        code: 'SERVICE_UNAVAILABLE',
        description: ServiceUnavailableException.description,
        status: 'error',
        info: {},
        error: down,
        details: down,
      },
    ]);
    const line = log.find((text) => text.includes('GET /health 503'));
    assert.match(String(line), /shelves[^]*The shelves are locked\./);
  });
});
