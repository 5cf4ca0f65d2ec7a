import type { Queries } from './connection.js';
import { books, loans, members } from './schema.js';

/** A library small enough to know by heart. What is there already stays as it is. */
export async function seed(queries: Queries): Promise<void> {
  await queries
    .insert(books)
    .values([
      {
        isbn: '9780131103627',
        title: 'The C Programming Language',
        authors: ['Brian W. Kernighan', 'Dennis M. Ritchie'],
        pages: 272,
        chapters: [
          { title: 'A Tutorial Introduction', page: 5 },
          { title: 'Types, Operators, and Expressions', page: 35 },
        ],
        copies: 20,
      },
      {
        isbn: '9780262510875',
        title: 'Structure and Interpretation of Computer Programs',
        authors: ['Harold Abelson', 'Gerald Jay Sussman'],
        pages: 657,
        copies: 1,
      },
      {
        isbn: '9780201633610',
        title: 'Design Patterns',
        authors: ['Erich Gamma', 'Richard Helm', 'Ralph Johnson', 'John Vlissides'],
        pages: 395,
        copies: 1,
      },
      {
        isbn: '9780596517748',
        title: 'JavaScript: The Good Parts',
        authors: ['Douglas Crockford'],
        pages: 176,
        copies: 2,
        withdrawnAt: new Date('2026-01-31T12:00:00Z'),
      },
    ])
    .onConflictDoNothing();
  await queries
    .insert(members)
    .values([
      { id: 'ada', name: 'Ada', maxLoans: 10, maxLoanDays: 28 },
      { id: 'bob', name: 'Bob', maxLoans: 5, maxLoanDays: 28, suspended: true },
      { id: 'carol', name: 'Carol', maxLoans: 2, maxLoanDays: 28 },
    ])
    .onConflictDoNothing();
  await queries
    .insert(loans)
    .values([
      {
        id: '11111111-1111-4111-8111-111111111111',
        memberId: 'carol',
        isbn: '9780262510875',
        dueOn: '2026-12-31',
      },
      {
        id: '22222222-2222-4222-8222-222222222222',
        memberId: 'carol',
        isbn: '9780201633610',
        dueOn: '2026-12-31',
      },
    ])
    .onConflictDoNothing();
}
