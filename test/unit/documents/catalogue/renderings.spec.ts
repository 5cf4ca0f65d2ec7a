import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  catalogueContentSecurityPolicy,
  catalogueHtml,
} from '../../../../lib/documents/catalogue/page.html.js';
import { catalogueJson } from '../../../../lib/documents/catalogue/catalogue.json.js';
import { catalogueMarkdown } from '../../../../lib/documents/catalogue/catalogue.markdown.js';
import { html } from '../../../../lib/documents/catalogue/html.js';
import { publishCatalogue } from '../../../../lib/documents/catalogue/published-catalogue.js';

const gone = { status: 410, code: 'GONE', description: 'It is gone.' };
const taken = { status: 409, code: 'TAKEN', description: 'It is taken.' };

describe('publishCatalogue', () => {
  it('joins rows with the operations that answer them, each once, by status', () => {
    const { errors } = publishCatalogue(
      [gone],
      [
        { method: 'GET', path: '/b', entries: [gone, taken] },
        { method: 'GET', path: '/a', entries: [gone] },
        { method: 'GET', path: '/a', entries: [gone] },
      ],
    );
    expect(errors.map(({ code, operations }) => [code, operations])).toEqual([
      ['TAKEN', ['GET /b']],
      ['GONE', ['GET /b', 'GET /a']],
    ]);
  });

  it('keeps the words of the catalogue, not those of an operation', () => {
    const entries = [{ ...gone, description: 'Other words.' }];
    const { errors } = publishCatalogue([gone], [{ method: 'GET', path: '/', entries }]);
    expect(errors).toEqual([{ ...gone, operations: ['GET /'] }]);
  });
});

describe('the page', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 });

  it('escapes whatever it is made of', () => {
    fc.assert(
      fc.property(text, (content) => {
        const escaped = String(html`<a title="${content}">${content}</a>`);
        expect(escaped.match(/[<>"']/g)).toHaveLength(6);
        const decoded = escaped
          .slice('<a title="'.length, escaped.indexOf('">'))
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&');
        expect(decoded).toBe(content);
      }),
    );
  });

  it('has nothing but its own style and script, which its policy names', () => {
    const page = catalogueHtml(publishCatalogue([gone], []));
    for (const tag of ['style', 'script'] as const) {
      const found = [...page.matchAll(new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`, 'g'))];
      expect(found).toHaveLength(1);
      const digest = createHash('sha256').update(found[0]![1]!).digest('base64');
      expect(catalogueContentSecurityPolicy).toContain(`${tag}-src 'sha256-${digest}'`);
    }
    expect(page).not.toMatch(/\b(?:src|style|on\w+)="|url\(|@import|https?:/);
  });

  it('has an anchor for each code and status, and one for the code alone', () => {
    const rows = [gone, { ...gone, status: 404 }, { ...gone, code: 'NO {X} "Y"' }];
    const page = catalogueHtml(publishCatalogue(rows, []));
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toEqual(expect.arrayContaining(['GONE', 'GONE-404', 'GONE-410']));
    expect(ids).toContain('NO_{X}_&quot;Y&quot;-410');
    expect(page).toContain('href="#NO_%7BX%7D_%22Y%22-410"');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('folds the operations of what nearly all of them answer', () => {
    const operations = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        method: 'GET',
        path: `/${i}`,
        entries: [gone],
      }));
    expect(catalogueHtml(publishCatalogue([], operations(6)))).not.toContain('<summary>');
    expect(catalogueHtml(publishCatalogue([], operations(7)))).toContain('7 operations</summary>');
  });
});

describe('Markdown', () => {
  it('has a heading for each code, and the operations as code', () => {
    const operations = [{ method: 'GET', path: '/a_b/{id}', entries: [gone] }];
    const markdown = catalogueMarkdown(publishCatalogue([{ ...gone, status: 404 }], operations));
    expect(markdown.match(/^## .*$/gm)).toEqual(['## 404 GONE', '## 410 GONE']);
    expect(markdown).toContain('\nAnswered by:\n\n- `GET /a_b/{id}`\n');
  });

  it.each([
    ['*bold* _it_ `code`', String.raw`\*bold\* \_it\_ \`code\``],
    ['[link](x) <b>', String.raw`\[link\]\(x\) \<b\>`],
    ['# heading\n- list', String.raw`\# heading \- list`],
    [String.raw`a\b`, String.raw`a\\b`],
    ['UPPER_SNAKE stays', 'UPPER_SNAKE stays'],
    ['INVALID_{RESOURCE}', String.raw`INVALID\_\{RESOURCE\}`],
  ])('escapes %p', (description, escaped) => {
    const markdown = catalogueMarkdown(publishCatalogue([{ ...gone, description }], []));
    expect(markdown).toContain(`\n\n${escaped}\n\n`);
  });

  it('fences an operation with backticks of its own', () => {
    const operations = [{ method: 'GET', path: '/``', entries: [gone] }];
    expect(catalogueMarkdown(publishCatalogue([], operations))).toContain('- ``` GET /`` ```\n');
  });
});

it('JSON is the catalogue, and ends in a line break', () => {
  const catalogue = publishCatalogue([gone], []);
  const text = catalogueJson(catalogue);
  expect(JSON.parse(text)).toEqual(catalogue);
  expect(text.endsWith('}\n')).toBe(true);
});
