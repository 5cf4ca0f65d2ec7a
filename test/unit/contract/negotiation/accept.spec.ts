import fc from 'fast-check';
import { preferredType } from '../../../../lib/contract/negotiation/accept.js';

const offered = ['text/html', 'application/json', 'text/markdown'] as const;

describe('preferredType', () => {
  it.each<[string | undefined, string | undefined]>([
    [undefined, 'text/html'],
    ['', 'text/html'],
    ['*/*', 'text/html'],
    ['application/json', 'application/json'],
    ['APPLICATION/JSON', 'application/json'],
    ['text/markdown, text/html', 'text/html'],
    ['text/markdown;q=0.9, text/html;q=0.8', 'text/markdown'],
    ['text/*', 'text/html'],
    ['text/*;q=0.3, text/markdown', 'text/markdown'],
    ['text/html;q=0, text/*', 'text/markdown'],
    ['text/html;q=0.5, text/markdown;q=', 'text/markdown'],
    ['*/*;q=0.1, application/json', 'application/json'],
    ['*/*, text/html;q=0, application/json;q=0', 'text/markdown'],
    ['application/json;q=0.5;ext=1, text/html;q=0.4', 'application/json'],
    ['text/html ; charset=utf-8 ; Q=0.2 , application/json;q=0.3', 'application/json'],
    ['application/json;q=nonsense', 'application/json'],
    ['application/json;q=7', 'application/json'],
    ['application/*', 'application/json'],
    ['image/png', undefined],
    ['*/*;q=0', undefined],
    ['text/html;q=0', undefined],
    [',;,', undefined],
  ])('of %p is %p', (accept, type) => {
    expect(preferredType(accept, offered)).toBe(type);
  });

  it('is one of those offered, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string(), (accept) => {
        expect([undefined, ...offered]).toContain(preferredType(accept, offered));
      }),
    );
  });
});
