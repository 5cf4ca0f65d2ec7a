import { catalogueContentSecurityPolicy, catalogueHtml } from './page.html.js';
import { catalogueJson } from './catalogue.json.js';
import { catalogueMarkdown } from './catalogue.markdown.js';
import type { PublishedCatalogue } from './published-catalogue.js';

/** A format that the catalogue is published in. @internal */
export type CatalogueFormat = 'html' | 'json' | 'md';

interface Format {
  readonly type: string;
  /** @param name - of the page, without suffix, that the other formats stand beside */
  render(catalogue: PublishedCatalogue, name?: string): string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The formats, the one first that a client gets who takes any. @internal */
export const catalogueFormats: Readonly<Record<CatalogueFormat, Format>> = {
  html: {
    type: 'text/html',
    render: (catalogue, name) => catalogueHtml(catalogue, name === undefined ? [] : beside(name)),
    headers: {
      ...headersOf('text/html'),
      'content-security-policy': catalogueContentSecurityPolicy,
    },
  },
  json: {
    type: 'application/json',
    render: catalogueJson,
    headers: headersOf('application/json'),
  },
  md: {
    type: 'text/markdown',
    render: catalogueMarkdown,
    headers: headersOf('text/markdown'),
  },
};

function headersOf(type: string): Record<string, string> {
  return { 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff' };
}

function beside(name: string) {
  return [
    { href: `${encodeURIComponent(name)}.json`, type: 'application/json', name: 'JSON' },
    { href: `${encodeURIComponent(name)}.md`, type: 'text/markdown', name: 'Markdown' },
  ];
}
