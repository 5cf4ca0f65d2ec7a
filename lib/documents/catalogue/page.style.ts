/** Style of the catalogue page: light and dark, wide and narrow, nothing from elsewhere. @internal */
export const catalogueStyle = `
:root {
  color-scheme: light dark;
  --paper: #fff; --card: #f6f7f9; --line: #d9dde3; --ink: #1c2128; --faint: #545d68;
  --link: #0550ae; --client: #8a4600; --server: #b3151f; --mark: #fff3bf;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171c; --card: #1d2229; --line: #353c46; --ink: #e6e9ee; --faint: #a3adb9;
    --link: #82b7ff; --client: #f0b072; --server: #ff9a9a; --mark: #3a3415;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 58rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code { font: .9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
h1 { margin: 0 0 .5rem; font-size: 1.9rem; line-height: 1.2; letter-spacing: -.01em; }
h2 {
  margin: 2.5rem 0 .75rem; padding-bottom: .35rem; border-bottom: 1px solid var(--line);
  font-size: 1.15rem; line-height: 1.3;
}
section:first-child h2 { margin-top: .25rem; }
h3 { margin: 0 0 .35rem; font-size: 1rem; line-height: 1.4; }
h3 a { color: inherit; text-decoration: none; }
h3 a:hover { text-decoration: underline; }
h3 code { font-size: 1.02rem; font-weight: 650; }
p { margin: 0 0 .75rem; max-width: 42rem; }
.faint { color: var(--faint); }
nav ul { display: flex; flex-wrap: wrap; gap: .4rem; margin: 1.25rem 0 0; padding: 0; list-style: none; }
nav a {
  display: block; padding: .2rem .65rem; border: 1px solid var(--line); border-radius: 1rem;
  font-variant-numeric: tabular-nums; text-decoration: none;
}
nav a:hover { background: var(--card); }
search { display: block; margin: 1.5rem 0 0; }
search[hidden], section[hidden], article[hidden], .others[hidden] { display: none; }
.others > summary { margin: 2rem 0 1rem; cursor: pointer; }
label { display: block; margin-bottom: .3rem; font-weight: 600; }
input {
  width: 100%; padding: .55rem .75rem; border: 1px solid var(--faint); border-radius: .5rem;
  background: var(--paper); color: inherit; font: inherit;
}
output { display: block; min-height: 1.6em; margin-top: .3rem; font-size: .9rem; color: var(--faint); }
article {
  margin: .75rem 0; padding: 1rem 1.15rem; border: 1px solid var(--line); border-radius: .6rem;
  background: var(--card); overflow-wrap: break-word;
}
article:target, article:has(:target) { border-color: var(--link); background: var(--mark); }
article p { margin-bottom: .6rem; }
.status { margin-right: .35rem; font-variant-numeric: tabular-nums; color: var(--client); }
.fault { color: var(--server); }
dl { display: grid; grid-template-columns: 7.5rem 1fr; gap: .3rem 1rem; margin: 0; font-size: .94rem; }
dt { color: var(--faint); }
dd { margin: 0; min-width: 0; }
dd ul { margin: 0; padding: 0; list-style: none; }
summary { cursor: pointer; }
@media (max-width: 40rem) {
  body { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.55rem; }
  article { padding: .85rem .9rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dt { margin-top: .45rem; font-size: .85rem; }
  nav a { padding: .35rem .8rem; }
}
@media print { search, nav { display: none; } article { break-inside: avoid; } }
`;

/**
 * Filters the page as one types. The page is whole without it, and the field is shown only where it
 * works.
 *
 * @internal
 */
export const catalogueScript = `
const field = document.querySelector('input');
const articles = [...document.querySelectorAll('article')];
const texts = articles.map((article) => article.textContent.toLowerCase());
const heads = articles.map((article) =>
  [...article.querySelectorAll('h3, p')].map((part) => part.textContent.toLowerCase()).join(' '),
);
const others = document.querySelector('.others');
const filter = () => {
  const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const has = (text) => words.every((word) => text.includes(word));
  const found = heads.some(has) ? heads : texts;
  let shown = 0;
  articles.forEach((article, i) => {
    article.hidden = !has(found[i]);
    shown += article.hidden ? 0 : 1;
  });
  for (const section of document.querySelectorAll('section')) {
    section.hidden = !section.querySelector('article:not([hidden])');
  }
  if (others) {
    others.hidden = !others.querySelector('article:not([hidden])');
    others.open = words.length > 0;
  }
  document.querySelector('output').textContent =
    words.length === 0 ? '' : shown + (shown === 1 ? ' error' : ' errors') + ' found';
};
field.addEventListener('input', filter);
const reveal = () => {
  const target = document.querySelector(':target');
  if (target?.closest('[hidden]')) {
    field.value = '';
    filter();
  }
  if (target && others?.contains(target)) others.open = true;
  target?.scrollIntoView();
};
addEventListener('hashchange', reveal);
document.querySelector('search').hidden = false;
if (field.value) filter();
reveal();
`;
