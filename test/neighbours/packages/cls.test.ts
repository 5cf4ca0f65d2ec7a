import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AppModule, told } from './recipes/cls.js';
import { onEachAdapter, start, succeeded } from './support.js';

onEachAdapter('nestjs-cls', (platform) => {
  it('its id is the one of the answer, its context is there in mappers and in onError', async () => {
    told.length = 0;
    const { ask, log } = await start(AppModule, platform);
    const answers = await Promise.all(
      ['ada', 'ben'].map((member) => ask('/books/locked', { headers: { 'x-member': member } })),
    );
    for (const [index, member] of ['ada', 'ben'].entries()) {
      const { status, body, headers } = answers[index];
      const id = headers.get('x-request-id');
      assert.deepEqual(
        [status, body],
        [409, { code: 'CONFLICT', description: `Locked for ${member}.` }],
      );
      assert.match(String(id), /^cls-/);
      assert.ok(told.some((one) => isLike(one, { code: 'CONFLICT', id, member })));
      assert.ok(log.some((line) => line.includes(`[${id}]`)));
    }
    assert.equal(told.length, 2);
  });

  it('leaves what succeeds', async () => {
    const { body, headers } = await succeeded(await start(AppModule, platform), '/books');
    assert.match(String(body['id']), /^cls-/);
    assert.equal(new Headers(headers).get('x-request-id'), null);
  });
});

function isLike(found: unknown, expected: unknown): boolean {
  return JSON.stringify(found) === JSON.stringify(expected);
}
