import { jest } from '@jest/globals';
import { Nonces } from '../../../../lib/access/dpop/nonces.js';
import { MemoryStore } from '../../../../lib/tokens/store/memory.store.js';

const PERIOD = 150_000;
let clock: number;

beforeEach(() => {
  clock = PERIOD * 1_000;
  jest.spyOn(Date, 'now').mockImplementation(() => clock);
});
afterEach(() => {
  jest.restoreAllMocks();
});

test('instances of one store agree on a nonce, and those of another do not', async () => {
  const store = new MemoryStore();
  const [one, other] = [new Nonces(store), new Nonces(store)];
  const [nonce, same] = await Promise.all([one.current(), other.current()]);
  expect(same).toBe(nonce);
  expect(nonce).toMatch(/^[\w-]{32}$/);
  expect(await new Nonces(new MemoryStore()).current()).not.toBe(nonce);
});

test('a nonce is taken in its period and the next, by instances that never saw it too', async () => {
  const store = new MemoryStore();
  const nonce = await new Nonces(store).current();
  clock += PERIOD - 1;
  expect(await new Nonces(store).accepts(nonce)).toBe(true);
  clock += PERIOD;
  const late = new Nonces(store);
  expect(await late.current()).not.toBe(nonce);
  expect(await late.accepts(nonce)).toBe(true);
  clock += 1;
  expect(await late.accepts(nonce)).toBe(false);
  expect(await new Nonces(store).accepts(nonce)).toBe(false);
});

test.each([[undefined], [7], [''], ['made-up']])('%j is none', async (nonce) => {
  expect(await new Nonces(new MemoryStore()).accepts(nonce)).toBe(false);
});

test('the store is asked a bounded number of times, and again after it failed', async () => {
  const store = new MemoryStore();
  const asked = jest.spyOn(store, 'setIfAbsent').mockRejectedValueOnce(new Error('down'));
  const nonces = new Nonces(store);
  await expect(nonces.current()).rejects.toThrow('down');
  const nonce = await nonces.current();
  await Promise.all(Array.from({ length: 50 }, () => nonces.accepts(nonce)));
  expect(asked).toHaveBeenCalledTimes(2);
});
