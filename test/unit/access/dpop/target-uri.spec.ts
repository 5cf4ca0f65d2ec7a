import fc from 'fast-check';
import { normalizedUri, targetUri } from '../../../../lib/access/dpop/target-uri.js';

test.each([
  ['https://api.example.com', 'https://api.example.com/'],
  ['HTTPS://API.Example.com:443/', 'https://api.example.com/'],
  ['http://api.example.com:80/a', 'http://api.example.com/a'],
  ['https://api.example.com:8443/a', 'https://api.example.com:8443/a'],
  ['https://api.example.com/a?b#c', 'https://api.example.com/a'],
  ['https://api.example.com/a/./b/../c', 'https://api.example.com/a/c'],
  ['https://api.example.com/%7ea%2fb%2d', 'https://api.example.com/~a%2Fb-'],
  ['https://api.example.com/a%', 'https://api.example.com/a%'],
  ['https://[::1]:443/a', 'https://[::1]/a'],
])('%s is normalised to %s', (uri, normalized) => {
  expect(normalizedUri(uri)).toBe(normalized);
});

test.each([
  [undefined],
  [7],
  [''],
  ['/books'],
  ['ftp://api.example.com/'],
  ['https://me@api.example.com/'],
  ['https://:secret@api.example.com/'],
  ['https://api.example.com\\books'],
  ['https://api.example.com/a\tb'],
  ['https://api.example.com/a b'],
  ['https://api.example.com/bücher'],
  ['https://api.example.com:99999/'],
])('%j is no URI of a request', (uri) => {
  expect(normalizedUri(uri)).toBeUndefined();
});

test.each([
  ['https://api.example.com', '/books?page=2', 'https://api.example.com/books'],
  ['https://api.example.com/v1', '/books', 'https://api.example.com/v1/books'],
  [
    'https://api.example.com',
    '//evil.example.com/x',
    'https://api.example.com//evil.example.com/x',
  ],
  ['https://api.example.com', 'http://evil.example.com/x?y', 'https://api.example.com/x'],
  ['https://api.example.com', '*', undefined],
  ['https://api.example.com', '', undefined],
  ['https://api.example.com', '/a\\b', undefined],
])('below %s, the target %s is %s', (baseUrl, target, uri) => {
  expect(targetUri(baseUrl, target)).toBe(uri);
});

const webUrl = fc.webUrl({ withQueryParameters: true, withFragments: true });

test('to normalise twice changes nothing, and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(webUrl, fc.string()), (uri) => {
      const once = normalizedUri(uri);
      expect(once === undefined ? undefined : normalizedUri(once)).toBe(once);
    }),
  );
});

test('a target never leaves the base', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      const uri = targetUri('https://api.example.com', `/${text}`);
      expect(uri === undefined || uri.startsWith('https://api.example.com/')).toBe(true);
    }),
  );
});
