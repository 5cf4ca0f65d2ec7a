import type { Answer } from '../../sample-app/tour/answer.js';
import { missingFrom } from '../../sample-app/tour/contract.js';
import { table } from '../../sample-app/tour/table.js';

const answer: Answer = {
  request: 'GET /books/1 (a reason)',
  status: 404,
  code: 'BOOK_NOT_EXIST',
  description: 'No such book.',
  challenge: null,
};

describe('missingFrom', () => {
  test('lists 19 rows and 3 challenges where nothing was answered', () => {
    expect(missingFrom([])).toHaveLength(22);
  });

  test.each([
    [404, 'BOOK_NOT_EXIST', null, '404 {RESOURCE}_NOT_EXIST'],
    [400, 'INVALID_BOOK', null, '400 INVALID_{RESOURCE}'],
    [400, 'INVALID_PARAMETER', null, '400 INVALID_PARAMETER'],
    [403, 'LIMIT_EXCEEDED', null, '403 LIMIT_EXCEEDED'],
    [409, 'ALREADY_EXIST', null, '409 ALREADY_EXIST'],
  ])('%i %s shows that row alone', (status, code, challenge, row) => {
    const missing = missingFrom([{ ...answer, status, code, challenge }]);
    expect(missing).toHaveLength(21);
    expect(missing).not.toContain(row);
  });

  test.each([
    [401, 'Bearer realm="a"', 22],
    [401, 'Bearer realm="a", error="invalid_token"', 21],
    [403, 'Bearer error="insufficient_scope"', 22],
    [403, 'Bearer scope="a b", error="insufficient_scope"', 21],
    [400, 'Bearer error="invalid_token"', 22],
  ])('%i with %s leaves %i', (status, challenge, left) => {
    expect(missingFrom([{ ...answer, status, code: 'NO_ROW', challenge }])).toHaveLength(left);
  });
});

test('the table says all of each answer in 80 columns, and splits no word', () => {
  const code = `${'LONG_CODE_'.repeat(5)}END`;
  const challenge = `Bearer realm="a", error="invalid_token", error_description="${'words of it '.repeat(30)}"`;
  const text = table([answer, { ...answer, code, challenge }]);
  const lines = text.split('\n');
  expect(lines.slice(0, 3)).toEqual([
    '404 BOOK_NOT_EXIST GET /books/1 (a reason)',
    '    No such book.',
    expect.stringMatching(new RegExp(`^404 ${code} `)),
  ]);
  expect(lines.every((line) => line.length <= 80)).toBe(true);
  expect(lines).toContainEqual(
    expect.stringMatching(/^ {4}Bearer realm="a", error="invalid_token"/),
  );
  expect(text.replaceAll(/\s+/g, ' ')).toContain(challenge.replaceAll(/\s+/g, ' ').trim());
});
