import { lintCatalogue } from '../../../../lib/documents/catalogue/catalogue.lint.js';
import { publishCatalogue } from '../../../../lib/documents/catalogue/published-catalogue.js';
import type { CatalogueEntry } from '../../../../lib/contract/catalogue/catalogue-entry.js';

const standard = [
  { status: 400, code: 'LIMIT_EXCEEDED', description: 'A parameter.' },
  { status: 403, code: 'LIMIT_EXCEEDED', description: 'A resource.' },
  { status: 404, code: '{RESOURCE}_NOT_EXIST', description: 'No resource.' },
];
const row = (code: string, status = 409, description = 'It happened.'): CatalogueEntry => ({
  status,
  code,
  description,
});

/** What is said where the application defines and answers these. */
function lint(defined: readonly CatalogueEntry[], answered = defined): string[] {
  const operations = [{ method: 'GET', path: '/', entries: answered }];
  const published = publishCatalogue([...standard, ...defined], operations);
  return lintCatalogue({ published, standard, defined });
}

describe('lintCatalogue', () => {
  it.each<[string, CatalogueEntry[], CatalogueEntry[] | undefined]>([
    ['nothing', [], undefined],
    ['a row that a route answers', [row('A')], undefined],
    ['two codes that the contract has at two statuses', [], standard],
    ['a row defined twice alike', [row('A'), row('A')], undefined],
  ])('has nothing to say of %s', (_what, defined, answered) => {
    expect(lint(defined, answered)).toEqual([]);
  });

  it.each<[string, CatalogueEntry[], CatalogueEntry[] | undefined, string[]]>([
    [
      'a code outside the grammar',
      [],
      [row('notUpper')],
      ['409 notUpper: the code is not UPPER_SNAKE_CASE of at most 64 characters'],
    ],
    [
      'a code at two statuses',
      [row('A', 409), row('A', 410)],
      undefined,
      ['A: has two meanings, 409 and 410'],
    ],
    [
      'a code of the contract at another status',
      [row('LIMIT_EXCEEDED', 429)],
      undefined,
      ['LIMIT_EXCEEDED: has two meanings, 400 and 403 and 429'],
    ],
    [
      'a row of the contract in other words',
      [row('LIMIT_EXCEEDED', 400, 'Otherwise.')],
      undefined,
      [
        'LIMIT_EXCEEDED: has two meanings, 400 and 403',
        '400 LIMIT_EXCEEDED: has two meanings, "A parameter." and "Otherwise."',
      ],
    ],
    [
      'an empty description',
      [row('A', 409, ' ')],
      undefined,
      ['409 A: the description says nothing'],
    ],
    [
      'a description that is the code',
      [row('A', 409, 'A')],
      undefined,
      ['409 A: the description says nothing'],
    ],
    ['a row that no route answers', [row('A')], [], ['409 A: is declared by no route']],
  ])('tells of %s', (_what, defined, answered, expected) => {
    expect(lint(defined, answered)).toEqual(expected);
  });
});
