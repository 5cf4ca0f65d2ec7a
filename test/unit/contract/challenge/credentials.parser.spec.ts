import * as fc from 'fast-check';
import { parseCredentials } from '../../../../lib/contract/challenge/credentials.parser.js';

const malformed = { kind: 'malformed', scheme: 'bearer' } as const;
const token = (text: string) => ({ kind: 'token', scheme: 'bearer', token: text }) as const;

describe('parseCredentials', () => {
  it.each([undefined, ''])('reads %j as nothing sent', (value) => {
    expect(parseCredentials(value)).toEqual({ kind: 'none' });
  });

  it.each([
    ['a scheme and a token68 (RFC 6750 §2.1)', 'Bearer mF_9.B5f-4.1JqM', 'mF_9.B5f-4.1JqM'],
    ['every character of a token68', 'Bearer AZaz09-._~+/==', 'AZaz09-._~+/=='],
    ['any number of = at the end', 'Bearer a====', 'a===='],
    ['the scheme in lower case (RFC 9110 §11.1)', 'bearer a', 'a'],
    ['the scheme in mixed case', 'bEARER a', 'a'],
    ['more than one SP (RFC 9110 §11.4)', 'Bearer    a', 'a'],
  ])('accepts %s', (_, value, expected) => {
    expect(parseCredentials(value)).toEqual(token(expected));
  });

  it.each([
    ['no token', 'Bearer'],
    ['an empty token', 'Bearer '],
    ['spaces alone', 'Bearer     '],
    ['a second part', 'Bearer a b'],
    ['a space after the token', 'Bearer a '],
    ['a tab after the scheme', 'Bearer\ta'],
    ['a tab before the token', 'Bearer \ta'],
    ['a tab after the token', 'Bearer a\t'],
    ['a comma', 'Bearer a,b'],
    ['two credentials in one value', 'Bearer a, Bearer b'],
    ['auth-params', 'Bearer token="a"'],
    ['quotes', 'Bearer "a"'],
    ['= within', 'Bearer a=b'],
    ['= alone', 'Bearer ='],
    ['a percent sign', 'Bearer a%20b'],
    ['another script', 'Bearer é'],
    ['a character beyond Latin-1', 'Bearer \u{1f600}'],
    ['a line feed at the end', 'Bearer a\n'],
    ['a colon after the scheme', 'Bearer: a'],
    ['a comma after the scheme', 'Bearer,a'],
    ['a no-break space', 'Bearer\u00a0a'],
  ])('finds malformed: %s', (_, value) => {
    expect(parseCredentials(value)).toEqual(malformed);
  });

  it.each([
    'Basic YTpi',
    'DPoP a',
    'Bearertoken',
    'Bearer-x a',
    'Bear',
    'eyJhbGciOi.x.y',
    ' Bearer a',
    '"Bearer" a',
    ',',
    '\0',
  ])('leaves other schemes alone: %j', (value) => {
    expect(parseCredentials(value)).toEqual({ kind: 'other' });
  });

  it('reads the schemes that it is given', () => {
    const schemes = ['bearer', 'dpop'];
    expect(parseCredentials('DPoP a', schemes)).toEqual({
      kind: 'token',
      scheme: 'dpop',
      token: 'a',
    });
    expect(parseCredentials('DPoP', schemes)).toEqual({ kind: 'malformed', scheme: 'dpop' });
    expect(parseCredentials('Bearer a', schemes)).toEqual(token('a'));
    expect(parseCredentials('Bearer a', ['dpop'])).toEqual({ kind: 'other' });
  });

  it('finds a token in any value exactly where the grammar has one', () => {
    const part = fc.constantFrom('Bearer', 'bearer', ' ', '\t', ',', '=', 'a', '.', 'é', '"', '\n');
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: part, maxLength: 6 }),
      fc.string({ unit: part, maxLength: 6 }).map((text) => `Bearer ${text}`),
    );
    fc.assert(
      fc.property(value, (text) => {
        const grammar = /^bearer\x20+([A-Za-z0-9._~+/-]+=*)$/i.exec(text);
        const credentials = parseCredentials(text);
        expect(credentials.kind === 'token').toBe(grammar !== null);
        expect(credentials.kind === 'token' ? credentials.token : undefined).toBe(grammar?.[1]);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['a long token', `Bearer ${'a'.repeat(1e6)}`],
    ['a long token with a bad end', `Bearer ${'a'.repeat(1e6)}!`],
    ['many =', `Bearer ${'='.repeat(1e6)}`],
    ['many = with a bad end', `Bearer a${'='.repeat(1e6)}a`],
    ['many spaces', `Bearer${' '.repeat(1e6)}`],
    ['a long scheme', 'B'.repeat(1e6)],
  ])('takes linear time for 1 MB: %s', (_, value) => {
    const start = performance.now();
    parseCredentials(value);
    expect(performance.now() - start).toBeLessThan(250);
  });
});
