import { randomUUID } from 'node:crypto';
import type { Bookshelf, Call } from './bookshelf.client.js';

/** A request that fails, and why. */
export interface Cause extends Call {
  readonly why: string;
  /** What must be so while the request is made; leaves everything as it was. */
  readonly during?: (bookshelf: Bookshelf, send: () => Promise<Response>) => Promise<Response>;
}

const book = {
  isbn: '9780131103627',
  title: 'The C Programming Language',
  authors: ['Brian W. Kernighan', 'Dennis M. Ritchie'],
  pages: 272,
  copies: 3,
};
const untitled = { ...book, title: undefined };

const add = { method: 'POST', path: '/books', as: 'librarian' } as const;
const borrow = { method: 'POST', path: '/loans', as: 'ada' } as const;
const read = { method: 'GET', path: `/books/${book.isbn}` } as const;
const key = { 'Idempotency-Key': randomUUID() };

/** One cause of each row of the contract, and of each challenge. */
export const causes: readonly Cause[] = [
  { ...add, why: 'JSON that ends too early', body: '{"isbn":' },
  { ...read, path: '/books/978-0', as: 'reader', why: 'a malformed ISBN' },
  {
    ...add,
    why: 'a chapter after the last page',
    body: { ...book, chapters: [{ title: 'Index', page: 273 }] },
  },
  { ...add, why: 'no title', body: untitled },
  { ...add, why: 'a title too long', body: { ...book, title: 'x'.repeat(201) } },
  { ...add, why: 'a book without pages', body: { ...book, pages: 0 } },
  { ...read, why: 'no token' },
  {
    method: 'GET',
    path: '/members/bob/loans',
    as: 'ada',
    why: 'the loans of another member',
  },
  { ...borrow, as: 'bob', why: 'a suspended member', body: { isbn: book.isbn, days: 14 } },
  { ...borrow, as: 'carol', why: 'a third book of two', body: { isbn: book.isbn, days: 14 } },
  { ...borrow, why: 'a loan for a year', body: { isbn: book.isbn, days: 365 } },
  { method: 'GET', path: '/magazines', as: 'reader', why: 'an unknown route' },
  { ...read, path: '/books/9783161484100', as: 'reader', why: 'an unknown book' },
  { ...borrow, why: 'no copy left', body: { isbn: '9780262510875', days: 14 } },
  {
    ...borrow,
    why: 'a repeated Idempotency-Key',
    headers: key,
    body: { isbn: book.isbn, days: 14 },
    during: afterTheFirst,
  },
  { ...add, why: 'a book that is there already', body: book },
  { ...read, path: '/books/9780596517748', as: 'reader', why: 'a withdrawn book' },
  { method: 'GET', path: '/bug', why: 'a bug' },
  { ...read, as: 'reader', why: 'the database is gone', during: maintenance },
  { ...read, why: 'credentials in two parts', headers: { Authorization: 'Bearer one two' } },
  { ...read, why: 'a made-up token', headers: { Authorization: 'Bearer made-up' } },
  { ...add, as: 'reader', why: 'a token for reading only', body: book },
  { ...read, method: 'DELETE', as: 'assistant', why: 'a login by password' },
  { ...read, as: 'kiosk', withoutProof: true, why: 'a bound token without its proof' },
  { ...read, as: 'kiosk', why: 'a proof that was used before', during: replay },
];

/** The same request, answered before; the book is given back at the end. */
async function afterTheFirst(
  bookshelf: Bookshelf,
  send: () => Promise<Response>,
): Promise<Response> {
  const first = await send();
  if (!first.ok) {
    return first;
  }
  const { id } = (await first.json()) as { id: string };
  try {
    return await send();
  } finally {
    await bookshelf.call({ method: 'DELETE', path: `/loans/${id}`, as: 'ada' });
  }
}

/** Somebody listened, and sends the same once more. */
async function replay(bookshelf: Bookshelf): Promise<Response> {
  const call = { ...read, as: 'kiosk' } as const;
  const headers = await bookshelf.credentials(call);
  await bookshelf.call({ ...read, headers });
  return bookshelf.call({ ...read, headers });
}

async function maintenance(bookshelf: Bookshelf, send: () => Promise<Response>): Promise<Response> {
  await bookshelf.call({ method: 'PUT', path: '/maintenance', as: 'operator' });
  try {
    return await send();
  } finally {
    await bookshelf.call({ method: 'DELETE', path: '/maintenance', as: 'operator' });
  }
}
