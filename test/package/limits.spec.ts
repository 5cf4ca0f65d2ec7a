import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './sources.js';

/** The last cell of a row: a file, and what the test in it is called. */
const TEST = /\| `(test\/[\w\-./]+)`: (.+?)\s*\|$/;

const rows = readFileSync(join(root, 'docs/limits.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (?:what|-+) /.test(line));

test('every bound has its row', () => {
  expect(rows.length).toBeGreaterThan(30);
});

test.each(rows)('the test is there: %s', (row) => {
  const [, file = '', title = ''] = TEST.exec(row) ?? [];
  expect(title).not.toBe('');
  expect(readFileSync(join(root, file), 'utf8').includes(title)).toBe(true);
});
