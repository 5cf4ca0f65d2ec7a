import * as fc from 'fast-check';
import { buildChallenge } from '../../../../lib/contract/challenge/challenge.builder.js';
import { parseChallenges } from '../../../../lib/contract/challenge/challenge.parser.js';

const bearer = (params: Record<string, string> = {}) => ({ scheme: 'Bearer', params });
const basic = { scheme: 'Basic', params: { realm: 'a' } };

describe('parseChallenges', () => {
  it.each([
    ['null, as Headers.get() gives it', null],
    ['undefined', undefined],
    ['an empty value', ''],
    ['no header lines', []],
    ['commas alone', ' , ,\t, '],
  ])('finds none in %s', (_, value) => {
    expect(parseChallenges(value)).toEqual([]);
  });

  it.each<[string, string, object[]]>([
    ['a scheme alone', 'Bearer', [bearer()]],
    ['auth-params', 'Bearer realm="a", error="b"', [bearer({ realm: 'a', error: 'b' })]],
    ['a token as value', 'Bearer realm=a', [bearer({ realm: 'a' })]],
    ['an empty quoted-string', 'Bearer realm=""', [bearer({ realm: '' })]],
    ['white space around = (BWS)', 'Bearer realm \t=\t "a"', [bearer({ realm: 'a' })]],
    ['no white space at commas', 'Bearer a="1",b="2"', [bearer({ a: '1', b: '2' })]],
    ['quoted-pairs', 'Bearer realm="a\\"b\\\\c\\d"', [bearer({ realm: 'a"b\\cd' })]],
    ['commas and = in quotes', 'Bearer realm="a, Basic b=c"', [bearer({ realm: 'a, Basic b=c' })]],
    ['names in any case', 'Bearer REALM="a"', [bearer({ realm: 'a' })]],
    ['the first of two of a name', 'Bearer a="1", A="2", a=3', [bearer({ a: '1' })]],
    ['an empty first of two', 'Bearer a="", a="2"', [bearer({ a: '' })]],
    ['empty list elements', ', Bearer ,, realm="a", ,', [bearer({ realm: 'a' })]],
    ['several challenges', 'Bearer x="1", Basic realm="a"', [bearer({ x: '1' }), basic]],
    ['several of a scheme', 'Bearer a=1, Bearer a=2', [bearer({ a: '1' }), bearer({ a: '2' })]],
    ['schemes alone', 'Bearer, Negotiate', [bearer(), { scheme: 'Negotiate', params: {} }]],
    [
      'a token68',
      'Negotiate a+/._~-==',
      [{ scheme: 'Negotiate', params: {}, token68: 'a+/._~-==' }],
    ],
    [
      'a token68 among others',
      'Negotiate YQ== , Basic realm="a",NTLM abc',
      [
        { scheme: 'Negotiate', params: {}, token68: 'YQ==' },
        basic,
        { scheme: 'NTLM', params: {}, token68: 'abc' },
      ],
    ],
    [
      'the example of RFC 9110 §11.6.1',
      'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
      [
        { scheme: 'Basic', params: { realm: 'simple' } },
        { scheme: 'Newauth', params: { realm: 'apps', type: '1', title: 'Login to "apps"' } },
      ],
    ],
    [
      'names that objects have',
      'Bearer constructor="a", toString="b"',
      [bearer({ constructor: 'a', tostring: 'b' })],
    ],
  ])('reads %s', (_, value, challenges) => {
    expect(parseChallenges(value)).toEqual(challenges);
  });

  it.each<[string, string, object[]]>([
    ['no scheme', 'realm="a", Basic realm="a"', [basic]],
    ['a missing value', 'Bearer a="1", b=, c="3"', [bearer({ a: '1', c: '3' })]],
    ['a value that is no token', 'Bearer u=http://x/, c=3', [bearer({ c: '3' })]],
    ['text after a quoted-string', 'Bearer a="1"x, c=3', [bearer({ c: '3' })]],
    ['a quoted-string without end', 'Bearer a="1", b="2, Basic realm="a', [bearer({ a: '1' })]],
    ['a backslash at the end', 'Bearer a="1", b="\\', [bearer({ a: '1' })]],
    ['a name in quotes', 'Bearer a="1", "b, Basic x"=2, c=3', [bearer({ a: '1', c: '3' })]],
    ['missing commas between params', 'Bearer a="1" b="2"', [bearer({ a: '1', b: '2' })]],
    ['words after a scheme', 'Bearer a b c, Basic realm="a"', [bearer(), basic]],
    [
      'params of a scheme that is no token',
      'Basic realm="a", Be/rer x=1, error=z, Bearer y=2',
      [basic, bearer({ y: '2' })],
    ],
    ['params of a scheme after no comma', 'Basic realm="a" Bearer x=1, error=z', [basic]],
    ['a scheme that is no token', 'Be/rer a=1, Basic realm="a"', [basic]],
    [
      'params after a token68',
      'Bearer YQ==, a=1, Basic realm="a"',
      [{ ...bearer(), token68: 'YQ==' }, basic],
    ],
    ['control characters', '\0\r\n\u007f, Basic realm="a"', [basic]],
  ])('skips %s', (_, value, challenges) => {
    expect(parseChallenges(value)).toEqual(challenges);
  });

  it('reads several header lines as one list (RFC 9110 §5.3)', () => {
    expect(parseChallenges(['Bearer x="1"', '', 'Basic realm="a"'])).toEqual([
      bearer({ x: '1' }),
      basic,
    ]);
  });

  it('gives params without inherited members', () => {
    expect(parseChallenges('Bearer __proto__="a"')[0]?.params['__proto__']).toBe('a');
    expect(parseChallenges('Bearer')[0]?.params['constructor']).toBeUndefined();
  });

  it('never throws', () => {
    const part = fc.constantFrom('a', '=', '"', '\\', ',', ' ', '\t', '/', 'é', 'Bearer ', 'a="b"');
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: part, maxLength: 40 }));
    fc.assert(
      fc.property(value, (text) => {
        for (const { scheme, params } of parseChallenges(text)) {
          expect(scheme).toMatch(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/);
          expect(Object.keys(params).every((name) => name === name.toLowerCase())).toBe(true);
        }
      }),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.anything(), (input) => {
        expect(Array.isArray(parseChallenges(input as string))).toBe(true);
      }),
    );
  });

  it('reads what is well-formed at the front, whatever follows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (junk) => {
        const [first] = parseChallenges(`Bearer realm="a", Basic realm="b", ${junk}`);
        expect(first).toEqual(bearer({ realm: 'a' }));
      }),
    );
  });

  it('reads lists of built challenges back', () => {
    const value = fc.string({ unit: fc.constantFrom('"', '\\', 'a', ' ', ',', '=') });
    const challenge = fc.record({
      scheme: fc.constantFrom('Bearer', 'DPoP', 'x'),
      params: fc.dictionary(fc.constantFrom('realm', 'a', 'b-c'), value),
    });
    fc.assert(
      fc.property(fc.array(challenge), (challenges) => {
        expect(parseChallenges(challenges.map(buildChallenge))).toEqual(challenges);
        expect(parseChallenges(challenges.map(buildChallenge).join(', '))).toEqual(challenges);
      }),
    );
  });

  it.each([
    ['schemes', 'a,'],
    ['words', 'a '],
    ['commas', ','],
    ['spaces', ' '],
    ['equals signs', '='],
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['open quotes', 'a="\\",'],
    ['names and spaces', 'a   '],
    ['params', 'a=b,'],
    ['one param', 'a="b",'],
    ['odd elements', ',/"'],
    ['token68 tries', 'a a= ,'],
    ['values cut short', ',a=b/'],
  ])('takes linear time for 1 MB of %s', (_, unit) => {
    const hostile = `Bearer a${unit.repeat(1e6 / unit.length)}`;
    const start = performance.now();
    parseChallenges(hostile);
    parseChallenges(`Bearer x="${hostile}`);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
