import * as fc from 'fast-check';
import { printable } from '../../../../lib/contract/text/printable.js';

it.each([
  ['plain', 'plain'],
  ['naïve – 日本語 🚀', 'naïve – 日本語 🚀'],
  ['one\r\ntwo\tthree', 'one\\r\\ntwo\\tthree'],
  ['\u001b[2K\u0085\u2028\u202e', '\\x1b[2K\\x85\\u2028\\u202e'],
  ['\ud800', '\ufffd'],
  ['x'.repeat(31), `${'x'.repeat(30)}…`],
  ['\u001b'.repeat(20), `${'\\x1b'.repeat(7)}\\x…`],
])('%j is %j', (text, expected) => {
  expect(printable(text, 30)).toBe(expected);
});

it('anything is one bounded line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(100), (text, max) => {
      const line = printable(text, max);
      expect(line).not.toMatch(/\p{Cc}|\p{Zl}|\p{Zp}|[\u202a-\u202e\u2066-\u2069]/u);
      expect(line.length).toBeLessThanOrEqual(max + 1);
      expect(line.isWellFormed()).toBe(true);
    }),
  );
});
