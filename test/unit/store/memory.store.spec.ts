import { jest } from '@jest/globals';
import fc from 'fast-check';
import { MemoryStore } from '../../../lib/store/memory.store.js';

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
