import { validateHeaderValue } from 'node:http';
import * as fc from 'fast-check';
import {
  allowInsecureRequests,
  customFetch,
  protectedResourceRequest,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi';
import { buildChallenge } from '../../../../lib/contract/challenge/challenge.builder.js';
import type { Challenge } from '../../../../lib/contract/challenge/challenge.js';
import { parseChallenges } from '../../../../lib/contract/challenge/challenge.parser.js';
import { CHALLENGE } from './header-grammar.js';

const bearer = (params: Record<string, string>): string =>
  buildChallenge({ scheme: 'Bearer', params });

/** What oauth4webapi, a client that is not ours, reads in the header. */
async function readByOauth4webapi(header: string): Promise<unknown> {
  const answer = new Response(null, { status: 401, headers: { 'www-authenticate': header } });
  const request = protectedResourceRequest(
    'token',
    'GET',
    new URL('http://127.0.0.1/'),
    undefined,
    null,
    { [customFetch]: () => Promise.resolve(answer), [allowInsecureRequests]: true },
  );
  const error: unknown = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof WWWAuthenticateChallengeError ? error.cause : undefined;
}

describe('buildChallenge', () => {
  it.each<[string, Challenge, string]>([
    [
      'the challenge without error (RFC 6750 §3)',
      { scheme: 'Bearer', params: { realm: 'bookshelf' } },
      'Bearer realm="bookshelf"',
    ],
    [
      'invalid_token (RFC 6750 §3)',
      {
        scheme: 'Bearer',
        params: {
          realm: 'example',
          error: 'invalid_token',
          error_description: 'The access token expired',
        },
      },
      'Bearer realm="example", error="invalid_token", error_description="The access token expired"',
    ],
    [
      'insufficient_scope with the scopes (RFC 6750 §3.1)',
      {
        scheme: 'Bearer',
        params: { error: 'insufficient_scope', scope: 'books.read urn:a/b?c=d' },
      },
      'Bearer error="insufficient_scope", scope="books.read urn:a/b?c=d"',
    ],
    [
      'step-up (RFC 9470 §3)',
      {
        scheme: 'Bearer',
        params: {
          error: 'insufficient_user_authentication',
          acr_values: 'myACR urn:other',
          max_age: '5',
        },
      },
      'Bearer error="insufficient_user_authentication", acr_values="myACR urn:other", max_age="5"',
    ],
    [
      'DPoP algorithms (RFC 9449 §7.1)',
      { scheme: 'DPoP', params: { algs: 'ES256 PS256', error: 'use_dpop_nonce' } },
      'DPoP error="use_dpop_nonce", algs="ES256 PS256"',
    ],
    [
      'resource metadata (RFC 9728 §5.1)',
      {
        scheme: 'Bearer',
        params: {
          resource_metadata: 'https://api.example.com/.well-known/oauth-protected-resource/v1',
        },
      },
      'Bearer resource_metadata="https://api.example.com/.well-known/oauth-protected-resource/v1"',
    ],
    [
      'a token68 (RFC 9110 §11.2)',
      { scheme: 'Negotiate', params: {}, token68: 'YII+/a==' },
      'Negotiate YII+/a==',
    ],
    ['a scheme alone', { scheme: 'Negotiate', params: {} }, 'Negotiate'],
    [
      'auth-params in place of a token68 that is none',
      { scheme: 'Bearer', params: { realm: 'a' }, token68: 'not one' },
      'Bearer realm="a"',
    ],
  ])('writes %s', (_, challenge, header) => {
    expect(buildChallenge(challenge)).toBe(header);
  });

  it('writes realm, error, error_description, error_uri and scope first, others as given', () => {
    const params = { z: '1', scope: 's', a: '2', error_uri: 'u', error_description: 'd' };
    expect(bearer({ ...params, error: 'e', realm: 'r' })).toBe(
      'Bearer realm="r", error="e", error_description="d", error_uri="u", scope="s", z="1", a="2"',
    );
  });

  it('writes each auth-param once, whatever the case of its name (RFC 9110 §11.2)', () => {
    expect(bearer({ Realm: 'a', REALM: 'b', realm: 'c' })).toBe('Bearer realm="a"');
  });

  it.each(['', 'a b', 'a"', 'a=', 'é', 'a\r\nb', '\u212aey'])(
    'leaves out a param whose name is no token: %j',
    (name) => {
      expect(bearer({ realm: 'r', [name]: 'x' })).toBe('Bearer realm="r"');
    },
  );

  it.each(['', 'Bearer realm', 'Bearer,', 'Bear\r\ner', 'Bé', 'x'.repeat(65)])(
    'writes nothing where the scheme is no token: %j',
    (scheme) => {
      expect(buildChallenge({ scheme, params: { realm: 'r' } })).toBe('');
    },
  );

  it.each<[string, string, string, string | undefined]>([
    ['error_description', 'double quotes', 'Say "please"', "Say 'please'"],
    ['error_description', 'backslashes', 'C:\\temp', 'C:/temp'],
    ['error_description', 'typographic characters', '“It’s”—over…', "'It's'-over..."],
    ['error_description', 'accents', 'Clé expirée à Zürich', 'Cle expiree a Zurich'],
    ['error_description', 'CR LF', 'a\r\nSet-Cookie: b', 'a Set-Cookie: b'],
    ['error_description', 'tabs', 'a\tb', 'a b'],
    ['error_description', 'NUL and DEL', 'a\0b\u007fc', 'a b c'],
    ['error_description', 'wide quotes that decompose into plain ones', '＂ａ＼', "'a/"],
    ['error_description', 'emoji', 'Gone 🎉🎉!', 'Gone ?!'],
    ['error_description', 'lone surrogates', 'a\ud800b', 'a?b'],
    ['error_description', 'invisible characters', 'to\u200bken', 'token'],
    ['error_description', 'text of which nothing is readable', '토큰 만료', undefined],
    ['error_description', 'nothing', '', undefined],
    ['error', 'double quotes', 'a"b', "a'b"],
    ['error', 'nothing', '', undefined],
    ['realm', 'double quotes', 'a "b"', 'a \\"b\\"'],
    ['realm', 'backslashes', 'a\\b', 'a\\\\b'],
    ['realm', 'tabs', 'a\tb', 'a\tb'],
    ['realm', 'CR LF', 'a\r\nb', 'a b'],
    ['realm', 'nothing', '', ''],
    ['realm', 'text of which nothing is readable', '서점', '?'],
    ['error_uri', 'a URI', 'https://a.example/e?x=%20#y', 'https://a.example/e?x=%20#y'],
    ['error_uri', 'a relative reference', '/errors#INVALID', '/errors#INVALID'],
    ['error_uri', 'a space', 'https://a.example/a b', undefined],
    ['error_uri', 'a double quote', 'https://a.example/"', undefined],
    ['error_uri', 'a bad escape', 'https://a.example/%zz', undefined],
    ['error_uri', 'other scripts', 'https://a.example/é', undefined],
    ['error_uri', 'two fragments', '/a#b#c', undefined],
    ['error_uri', 'nothing', '', undefined],
    ['resource_metadata', 'CR LF', 'https://a.example/\r\nb', undefined],
    [
      'scope',
      'tokens that are none',
      'books.read a"b c\\d é x\ty books.write',
      'books.read books.write',
    ],
    ['scope', 'spaces too many', ' a  b ', 'a b'],
    ['scope', 'no scope-token', '"" \t', undefined],
    ['scope', 'nothing', '', undefined],
    ['max_age', 'digits', '300', '300'],
    ['max_age', 'a sign', '-1', undefined],
    ['max_age', 'other digits', '３００', undefined],
    ['max_age', 'nothing', '', undefined],
    ['acr_values', 'double quotes', 'a"b', 'a\\"b'],
    ['acr_values', 'accents', 'clé', 'cle'],
    ['nonce', 'CR LF', 'a\r\nb', 'a b'],
  ])('%s: %s', (name, _, value, written) => {
    const expected = written === undefined ? 'Bearer' : `Bearer ${name}="${written}"`;
    expect(bearer({ [name]: value })).toBe(expected);
  });

  describe('bounds', () => {
    it('cuts a description at 300 characters and says so', () => {
      const [challenge] = parseChallenges(bearer({ error_description: 'x'.repeat(1e6) }));
      expect(challenge?.params['error_description']).toBe(`${'x'.repeat(297)}...`);
    });

    it('cuts what grows past 300 characters where it becomes ASCII', () => {
      const [challenge] = parseChallenges(bearer({ realm: '…'.repeat(200) }));
      expect(challenge?.params['realm']).toHaveLength(300);
    });

    it.each(['error_uri', 'resource_metadata', 'nonce'])(
      'leaves out %s over 2048 characters, which cut would be another value',
      (name) => {
        expect(bearer({ [name]: 'x'.repeat(2048) })).toContain(name);
        expect(bearer({ [name]: 'x'.repeat(2049) })).toBe('Bearer');
      },
    );

    it('leaves out scope-tokens past 4096 characters and cuts none', () => {
      const [challenge] = parseChallenges(bearer({ scope: 'books.read '.repeat(1e5) }));
      const scopes = challenge?.params['scope']?.split(' ') ?? [];
      expect(scopes).toHaveLength(372);
      expect(new Set(scopes)).toEqual(new Set(['books.read']));
      expect(bearer({ scope: 'x'.repeat(5000) })).toBe('Bearer');
    });

    it('is never over 8 KiB', () => {
      const params = Object.fromEntries(
        Array.from({ length: 1000 }, (_, index) => [`p${index}`, '"'.repeat(500)]),
      );
      expect(bearer({ realm: 'r', ...params }).length).toBeLessThanOrEqual(8192);
      expect(bearer({ ...params, realm: 'r' })).toMatch(/^Bearer realm="r", p0=/);
    });
  });

  describe('any input', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 700 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom('"', '\\', '\r', '\n', '\t', ' ', ',', '=', 'a', '\ud800'),
      }),
      fc.string({ maxLength: 40 }),
    );
    const name = fc.oneof(
      fc.constantFrom('realm', 'error', 'error_description', 'error_uri', 'scope', 'max_age'),
      fc.constantFrom('algs', 'acr_values', 'resource_metadata', '__proto__', 'constructor'),
      text,
    );
    const params = fc.dictionary(name, text, { maxKeys: 8 });
    const scheme = fc.oneof(fc.constantFrom('Bearer', 'DPoP'), text);
    const challenge = fc.record(
      { scheme, params, token68: text },
      { requiredKeys: ['scheme', 'params'] },
    );

    it('yields nothing or a valid header value', () => {
      fc.assert(
        fc.property(challenge, (input) => {
          const header = buildChallenge(input);
          validateHeaderValue('WWW-Authenticate', header);
          expect(header === '' || CHALLENGE.test(header)).toBe(true);
        }),
        { numRuns: 2000 },
      );
    });

    it('keeps RFC 6750 §3 character sets', () => {
      fc.assert(
        fc.property(text, (value) => {
          const header = bearer({ error: value, error_description: value, scope: value });
          const values = Object.values(parseChallenges(header)[0]?.params ?? {}).join('');
          expect(values).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/);
        }),
        { numRuns: 2000 },
      );
    });

    it('never throws, not even for what the types forbid', () => {
      fc.assert(
        fc.property(fc.record({ scheme: fc.anything(), params: fc.anything() }), (input) => {
          expect(typeof buildChallenge(input as unknown as Challenge)).toBe('string');
        }),
      );
    });

    it('is read by oauth4webapi as our own parser reads it', async () => {
      // oauth4webapi keeps params in an ordinary object, where __proto__ cannot be one
      const readable = params.filter((input) => !Object.keys(input).includes('__proto__'));
      await fc.assert(
        fc.asyncProperty(readable, async (input) => {
          const header = bearer({ realm: 'r', ...input });
          const [own] = parseChallenges(header);
          const [theirs] = (await readByOauth4webapi(header)) as { parameters: object }[];
          expect({ ...theirs?.parameters }).toEqual({ ...own?.params });
        }),
        { numRuns: 500 },
      );
    });
  });

  it('reads back as what was written, where that was clean', () => {
    const clean = fc.string({ unit: fc.constantFrom('a', 'Z', '0', ' ', "'", ',', '=', '\t') });
    const quoted = fc.string({ unit: fc.constantFrom('"', '\\', 'a', ' ', ',') });
    const names = fc.constantFrom('realm', 'algs', 'acr_values', 'nonce', 'constructor');
    fc.assert(
      fc.property(
        fc.constantFrom('Bearer', 'DPoP', 'x-own'),
        fc.dictionary(names, fc.oneof(clean, quoted)),
        (scheme, params) => {
          const [challenge, ...others] = parseChallenges(buildChallenge({ scheme, params }));
          expect(others).toEqual([]);
          expect(challenge?.scheme).toBe(scheme);
          expect({ ...challenge?.params }).toEqual({ ...params });
        },
      ),
    );
  });
});
