import fc from 'fast-check';
import {
  MAX_DESCRIPTION_LENGTH,
  toDescription,
} from '../../../../lib/contract/catalogue/description.js';

describe('toDescription', () => {
  it.each([
    ['plain text', 'plain text'],
    ['a\r\nb\tc\u0000d', 'a b c d'],
    ['lone \ud800 surrogate', 'lone \ufffd surrogate'],
    ['\u001b[31mred\u001b[0m', '[31mred [0m'],
    ['  padded  ', 'padded'],
    ['', undefined],
    ['\n\t', undefined],
    [42, undefined],
    [null, undefined],
    [['a'], undefined],
  ])('%j becomes %j', (text, expected) => {
    expect(toDescription(text)).toBe(expected);
  });

  it('cuts what is too long, a surrogate pair included', () => {
    const cut = toDescription('😀'.repeat(1_000_000))!;
    expect(cut.length).toBeLessThanOrEqual(MAX_DESCRIPTION_LENGTH);
    expect(cut.isWellFormed()).toBe(true);
    expect(cut.endsWith('…')).toBe(true);
  });

  it('gives well-formed text within its bound, or nothing, for any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1200 }), (text) => {
        const description = toDescription(text);
        if (description !== undefined) {
          expect(description.length).toBeGreaterThan(0);
          expect(description.length).toBeLessThanOrEqual(MAX_DESCRIPTION_LENGTH);
          expect(description.isWellFormed()).toBe(true);
          expect(description).not.toMatch(/\p{Cc}/u);
        }
      }),
    );
  });
});
