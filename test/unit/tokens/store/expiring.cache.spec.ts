import fc from 'fast-check';
import { ExpiringCache } from '../../../../lib/tokens/store/expiring.cache.js';

test('never holds more than its bound, and keeps the newest', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.string()), (bound, names) => {
      const cache = new ExpiringCache<true>(bound);
      for (const name of names) {
        cache.set(name, true, Date.now() + 60_000);
      }
      for (const [index, name] of [...new Set(names.toReversed())].entries()) {
        expect(cache.get(name)).toBe(index < bound ? true : undefined);
      }
    }),
  );
});
