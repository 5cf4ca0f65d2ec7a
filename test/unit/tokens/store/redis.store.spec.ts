import { type RedisCommands, RedisStore } from '../../../../lib/tokens/store/redis/index.js';

const never = () => new Promise<never>(() => undefined);
const client = (more: Partial<RedisCommands>): RedisCommands => ({
  set: never,
  get: never,
  ...more,
});

test('a value is set in one command, under its prefix', async () => {
  const calls: unknown[] = [];
  const store = new RedisStore(client({ set: async (...args) => (calls.push(args), 'OK') }), {
    prefix: 'p:',
  });
  expect(await store.setIfAbsent('key', 'value', 1_500.2)).toBe(true);
  expect(calls).toEqual([
    ['p:key', 'value', { condition: 'NX', expiration: { type: 'PX', value: 1_501 } }],
  ]);
});

test('nil is a key that is taken, anything else no answer', async () => {
  const answering = (reply: unknown) => new RedisStore(client({ set: async () => reply }));
  expect(await answering(null).setIfAbsent('k', 'v', 1)).toBe(false);
  for (const reply of [undefined, 'QUEUED', 1, '']) {
    // oxlint-disable-next-line no-await-in-loop -- a table
    await expect(answering(reply).setIfAbsent('k', 'v', 1)).rejects.toThrow('Redis gave');
  }
});

test('what is not there is undefined', async () => {
  expect(await new RedisStore(client({ get: async () => null })).get('k')).toBeUndefined();
});

test('a Redis that does not answer is not waited for', async () => {
  const store = new RedisStore(client({}), { timeout: 20 });
  await expect(store.setIfAbsent('k', 'v', 1)).rejects.toThrow('Redis did not answer in 20 ms');
  await expect(store.get('k')).rejects.toThrow('Redis did not answer in 20 ms');
});

test('one that is not connected is not asked', async () => {
  const store = new RedisStore(client({ isReady: false }));
  await expect(store.get('k')).rejects.toThrow('Redis is not connected');
});

test.each([
  ['no client', {} as never, {}],
  ['no prefix', client({}), { prefix: 7 as never }],
  ['no time', client({}), { timeout: 0 }],
  ['a long time', client({}), { timeout: 60_000 }],
])('%s is a mistake that says so', (_, commands, options) => {
  expect(() => new RedisStore(commands, options)).toThrow(/^RedisStore: /);
});
