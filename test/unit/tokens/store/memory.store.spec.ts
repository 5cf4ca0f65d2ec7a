import { jest } from '@jest/globals';
import fc from 'fast-check';
import { ExpiryQueue } from '../../../../lib/tokens/store/expiry.queue.js';
import { MemoryStore } from '../../../../lib/tokens/store/memory.store.js';

let clock = 0;
beforeEach(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => clock);
});
afterEach(() => {
  jest.restoreAllMocks();
});

test('of many at once, one finds the key free', async () => {
  const store = new MemoryStore();
  const found = await Promise.all(
    Array.from({ length: 100 }, (_, i) => store.setIfAbsent('key', `${i}`, 10)),
  );
  expect(found.filter(Boolean)).toHaveLength(1);
  expect(await store.get('key')).toBe(String(found.indexOf(true)));
});

test('full, it refuses rather than forgets, until something runs out', async () => {
  const store = new MemoryStore(2);
  await store.setIfAbsent('a', '1', 10);
  await store.setIfAbsent('b', '1', 20);
  await expect(store.setIfAbsent('c', '1', 10)).rejects.toThrow('MemoryStore is full: 2 values');
  expect(await store.setIfAbsent('a', '1', 10)).toBe(false);
  clock += 10;
  expect(await store.setIfAbsent('c', '1', 10)).toBe(true);
  expect(await store.get('b')).toBe('1');
});

test('what has run out makes room, whatever was there before it and lives on', async () => {
  const store = new MemoryStore(100);
  await store.setIfAbsent('nonce', '1', 300_000);
  for (let i = 0; i < 99; i += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    await store.setIfAbsent(`proof ${i}`, '1', 1_000);
  }
  clock += 1_000;
  expect(await store.setIfAbsent('another', '1', 1_000)).toBe(true);
  expect(await store.get('nonce')).toBe('1');
});

/** Takes values for a holder until the store has no more for it. */
async function fill(store: MemoryStore, holder: string): Promise<number> {
  let count = 0;
  // oxlint-disable-next-line no-await-in-loop -- one after another
  while (await store.setIfAbsent(`${holder} ${count}`, '1', 1_000, holder).catch(() => false)) {
    count += 1;
  }
  return count;
}

test('no holder gets more than is free for the others, and all of it again later', async () => {
  const store = new MemoryStore(1_000);
  expect([await fill(store, 'a'), await fill(store, 'b'), await fill(store, 'c')]).toEqual([
    500, 250, 125,
  ]);
  expect(await store.setIfAbsent('newcomer', '1', 1_000, 'newcomer')).toBe(true);
  expect(await store.setIfAbsent('nobody’s', '1', 1_000)).toBe(true);
  clock += 1_000;
  expect(await fill(store, 'd')).toBe(500);
});

test('what ran out in a quiet hour is forgotten little by little, and is not there meanwhile', async () => {
  const store = new MemoryStore(1_000);
  expect(await fill(store, 'a')).toBe(500);
  clock += 1_000;
  const forgets = jest.spyOn(ExpiryQueue.prototype, 'takeExpired');
  expect(await store.get('a 499')).toBeUndefined();
  expect(await store.setIfAbsent('a 499', '2', 1_000, 'a')).toBe(true);
  expect(forgets.mock.calls.length).toBeLessThanOrEqual(100);
  expect(await fill(store, 'b')).toBeGreaterThan(400);
  expect(await store.get('a 499')).toBe('2');
});

test.each([[0], [-1], [1.5], [Number.NaN]])('%j values are no size', (maxEntries) => {
  expect(() => new MemoryStore(maxEntries)).toThrow(/maxEntries is a whole number/);
});

test('it is a map whose entries run out, whatever is done to it', async () => {
  const step = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    ttl: fc.integer({ min: 1, max: 50 }),
    pass: fc.integer({ min: 0, max: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step), async (steps) => {
      const store = new MemoryStore();
      const model = new Map<string, { value: string; until: number }>();
      for (const [i, { key, ttl, pass }] of steps.entries()) {
        clock += pass;
        const known = model.get(key);
        const isFree = known === undefined || known.until <= clock;
        // oxlint-disable-next-line no-await-in-loop -- steps are one after another
        expect(await store.setIfAbsent(key, `${i}`, ttl)).toBe(isFree);
        if (isFree) {
          model.set(key, { value: `${i}`, until: clock + ttl });
        }
        // oxlint-disable-next-line no-await-in-loop
        expect(await store.get(key)).toBe(model.get(key)!.value);
      }
    }),
  );
});
