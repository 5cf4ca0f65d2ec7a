import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { messagesOf } from '../support/compiled.js';
import { blocksOf } from './readme-blocks.js';
import { root, textOf } from './sources.js';

const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    // Its packages are not installed here: test:neighbours compiles it with them
    .filter((name) => name.endsWith('.md') && name !== 'neighbours.md')
    .map((name) => `docs/${name}`),
];

/** Each block by its document and its first line, as an application would have it: a file of its own. */
const blocks = Object.fromEntries(
  documents.flatMap((path) =>
    blocksOf(textOf(path), 'ts').map((block, index) => [
      `${path.replace(/\W/g, '-')}-${index + 1}`,
      block,
    ]),
  ),
);

it('each block of code in the documents compiles as it stands, imports included', () => {
  const messages = messagesOf(blocks);
  expect(Object.keys(messages).length).toBeGreaterThan(10);
  expect(Object.entries(messages).filter(([, found]) => found.length > 0)).toEqual([]);
});
