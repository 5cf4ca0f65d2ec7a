import fc from 'fast-check';
import { ExpiryQueue } from '../../../../lib/tokens/store/expiry.queue.js';

test('whatever the order in, what runs out first comes out first, and nothing before its time', () => {
  const steps = fc.array(fc.record({ until: fc.nat(100), pass: fc.nat(20) }));
  fc.assert(
    fc.property(steps, (given) => {
      const queue = new ExpiryQueue<{ readonly until: number }>();
      let left: number[] = [];
      let now = 0;
      for (const { until, pass } of given) {
        queue.push({ until });
        left.push(until);
        now += pass;
        const due = left.filter((time) => time <= now).toSorted((a, b) => a - b);
        left = left.filter((time) => time > now);
        expect(due.map(() => queue.takeExpired(now)?.until)).toEqual(due);
        expect(queue.takeExpired(now)).toBeUndefined();
      }
    }),
  );
});
