import { readRetryAfter } from '../../../../lib/contract/retry/retry-after.js';

const read = (retryAfter: string, date?: string): number | undefined =>
  readRetryAfter(new Headers({ 'retry-after': retryAfter, ...(date && { date }) }));

describe('readRetryAfter', () => {
  it.each([
    ['0', 0],
    ['120', 120],
    ['007', 7],
    ['999999999999999', 999_999_999_999_999],
  ])('reads seconds: %s', (value, seconds) => {
    expect(read(value)).toBe(seconds);
  });

  it.each([
    ['IMF-fixdate', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['rfc850-date', 'Sunday, 06-Nov-94 08:49:37 GMT'],
    ['asctime-date', 'Sun Nov  6 08:49:37 1994'],
  ])("reads an %s, counted from the response's Date (RFC 9110 §5.6.7)", (_, value) => {
    expect(read(value, 'Sun, 06 Nov 1994 08:49:07 GMT')).toBe(30);
  });

  it('counts a date from now where the response has no Date, or a bad one', () => {
    const inOneMinute = new Date(Date.now() + 60_000).toUTCString();
    for (const seconds of [read(inOneMinute), read(inOneMinute, 'yesterday')]) {
      expect(seconds).toBeGreaterThanOrEqual(58);
      expect(seconds).toBeLessThanOrEqual(60);
    }
  });

  it('is 0 for a date in the past', () => {
    expect(read('Sun, 06 Nov 1994 08:49:37 GMT')).toBe(0);
  });

  it.each([
    '',
    '-5',
    '1.5',
    '30s',
    '0x10',
    '1e3',
    '30, 60',
    'soon',
    'Sun',
    '2026-11-22',
    '9'.repeat(400),
  ])('reads nothing in %s', (value) => {
    expect(read(value)).toBeUndefined();
  });

  it.each(['Sun, 99 Nov 1994 99:99:99 GMT', `Sun${'0'.repeat(1e5)}`])(
    'reads nothing in what only begins as a date does',
    (value) => {
      expect(read(value)).toBeUndefined();
    },
  );

  it('reads nothing where there is no header', () => {
    expect(readRetryAfter(new Headers())).toBeUndefined();
  });
});
