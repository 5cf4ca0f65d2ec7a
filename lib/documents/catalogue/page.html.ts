import { STATUS_CODES } from 'node:http';
import { anchorOf, toId } from './anchor.js';
import { catalogueScript, catalogueStyle } from './page.style.js';
import { sha256 } from './entity-tag.js';
import { html, Markup } from './html.js';
import type { PublishedCatalogue, PublishedError } from './published-catalogue.js';

/** More of them are folded: a row that every operation has would bury the others. */
const MAX_OPERATIONS_SHOWN = 6;

// Whole elements: what is between the tags is what the policy has the digest of, to the letter
const STYLE = new Markup(`<style>${catalogueStyle}</style>`);
const SCRIPT = new Markup(`<script type="module">${catalogueScript}</script>`);

/** What the page may load and run: its own style and script, and nothing else. @internal */
export const catalogueContentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${sha256(catalogueStyle, 'base64')}'`,
  `script-src 'sha256-${sha256(catalogueScript, 'base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Where the catalogue is in another format, relative to its page. @internal */
export interface Alternate {
  readonly href: string;
  readonly type: string;
  readonly name: string;
}

/**
 * The catalogue as one page for people. Each code has the anchor `CODE-status`, as two codes of the
 * contract have two statuses; `CODE` alone leads to the first of them.
 *
 * @internal
 */
export function catalogueHtml(
  { errors }: PublishedCatalogue,
  alternates: readonly Alternate[] = [],
): string {
  return `${String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Error catalogue</title>
          ${STYLE}
        </head>
        <body>
          ${header(errors, alternates)}
          <main>${content(errors)}</main>
          ${SCRIPT}
        </body>
      </html>`,
  )}\n`;
}

function header(errors: readonly PublishedError[], alternates: readonly Alternate[]): Markup {
  const statuses = statusesOf(parted(errors).first);
  const links = alternates.map(
    ({ href, type, name }) => html` · <a href="${href}" type="${type}">${name}</a>`,
  );
  return html`<header>
    <h1>Error catalogue</h1>
    <p>
      An error is answered with its HTTP status and a JSON body,
      <code>{"code":"…","description":"…"}</code>. The code is for programs and stays as it is; the
      description is for people.
    </p>
    <p class="faint">${errors.length} errors${links}</p>
    <nav aria-label="Statuses">
      <ul>
        ${statuses.map((status) => html`<li><a href="#status-${status}">${status}</a></li>`)}
      </ul>
    </nav>
    <search hidden>
      <label for="search">Search</label>
      <input id="search" type="search" autocomplete="off" spellcheck="false" />
      <output for="search"></output>
    </search>
  </header>`;
}

function statusesOf(errors: readonly PublishedError[]): number[] {
  return [...new Set(errors.map(({ status }) => status))];
}

/** The API's own errors first, where operations are known to answer some; the others are rare, and folded. */
function parted(errors: readonly PublishedError[]): Record<'first' | 'others', PublishedError[]> {
  const first = errors.filter(({ operations }) => operations.length > 0);
  return first.length > 0
    ? { first, others: errors.filter((error) => !first.includes(error)) }
    : { first: [...errors], others: [] };
}

function content(errors: readonly PublishedError[]): Markup {
  const { first, others } = parted(errors);
  const folded = html`<details class="others">
    <summary>${others.length} more, which no operation declares</summary>
    ${sections(others, errors, 'other')}
  </details>`;
  return html`${sections(first, errors, 'status')} ${others.length > 0 ? folded : ''}`;
}

function sections(
  some: readonly PublishedError[],
  all: readonly PublishedError[],
  prefix: string,
): Markup[] {
  return statusesOf(some).map((status) => section(status, some, all, prefix));
}

function section(
  status: number,
  errors: readonly PublishedError[],
  all: readonly PublishedError[],
  prefix: string,
): Markup {
  const articles = errors
    .filter((error) => error.status === status)
    .map((error) => {
      const first = all.find(({ code }) => code === error.code);
      return article(error, first === error);
    });
  return html`<section aria-labelledby="${prefix}-${status}">
    <h2 id="${prefix}-${status}">${status} ${STATUS_CODES[status] ?? ''}</h2>
    ${articles}
  </section>`;
}

function article(error: PublishedError, isFirstOfCode: boolean): Markup {
  const { status, code, description, retryable, operations } = error;
  const anchor = anchorOf({ code, status });
  const link = html`<a href="#${encodeURIComponent(anchor)}"
    ><span class="status${status < 500 ? '' : ' fault'}">${status}</span> <code>${code}</code></a
  >`;
  return html`<article id="${anchor}">
    ${isFirstOfCode ? html`<h3 id="${toId(code)}">${link}</h3>` : html`<h3>${link}</h3>`}
    <p>${description}</p>
    ${retryable ? html`<p class="faint">Trying again may help.</p>` : ''}
    ${operations.length > 0 ? answeredBy(operations) : ''}
  </article>`;
}

function answeredBy(operations: readonly string[]): Markup {
  const list = html`<ul>
    ${operations.map((operation) => html`<li><code>${operation}</code></li>`)}
  </ul>`;
  const folded = html`<details>
    <summary>${operations.length} operations</summary>
    ${list}
  </details>`;
  return html`<dl>
    <dt>Answered by</dt>
    <dd>${operations.length > MAX_OPERATIONS_SHOWN ? folded : list}</dd>
  </dl>`;
}
