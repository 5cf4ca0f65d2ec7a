import { messagesOf } from '../../support/compiled.js';

it('the compiler says what is wrong, and what to write instead', () => {
  const description = "description: 'The loan is overdue.'";
  expect(
    messagesOf({
      statements: [
        `import { defineException, ResourceNotExistException, Throws } from 'nestjs-api-errors';`,
        "new ResourceNotExistException('book');",
        "ResourceNotExistException.for('LIBRARY CARD');",
        `defineException({ code: 'loan-overdue', status: 403, ${description} });`,
        `defineException({ code: 'LOAN_OVERDUE', status: 200, ${description} });`,
        'Throws(ResourceNotExistException);',
        "Throws('DELETED');",
        // These are right
        "new ResourceNotExistException('BOOK_2');",
        `defineException({ code: 'LOAN_OVERDUE', status: 403, ${description} });`,
        "Throws(ResourceNotExistException.for('BOOK'));",
      ].join('\n'),
    }).statements,
  ).toEqual([
    expect.stringContaining("A resource name is UPPER_SNAKE_CASE, such as 'BOOK'."),
    expect.stringContaining("A resource name is UPPER_SNAKE_CASE, such as 'BOOK'."),
    expect.stringContaining("An error code is UPPER_SNAKE_CASE, such as 'LOAN_OVERDUE'."),
    expect.stringContaining("An error's status is from 400 to 599."),
    expect.stringContaining("It has no code of its own; name its resource: .for('BOOK')."),
    expect.stringContaining('@Throws() takes classes of exceptions'),
  ]);
});
