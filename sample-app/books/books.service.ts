import { Injectable } from '@nestjs/common';
import { asc, eq, isNull } from 'drizzle-orm';
import {
  DeletedException,
  InvalidResourceException,
  ResourceNotExistException,
} from 'nestjs-api-errors';
import { Database } from '../database/database.service.js';
import { type Book, books } from '../database/schema.js';
import type { BookDto, BookQuery } from './book.dto.js';

@Injectable()
export class BooksService {
  constructor(private readonly database: Database) {}

  async list({ limit, offset }: BookQuery): Promise<BookDto[]> {
    const rows = await this.database.queries
      .select()
      .from(books)
      .where(isNull(books.withdrawnAt))
      .orderBy(asc(books.isbn))
      .limit(limit)
      .offset(offset);
    return rows.map(toDto);
  }

  async find(isbn: string): Promise<BookDto> {
    const [book] = await this.database.queries.select().from(books).where(eq(books.isbn, isbn));
    return toDto(assertAvailable(book));
  }

  /** A duplicate is found by the database, which alone can tell when two are added at once. */
  async add(book: BookDto): Promise<BookDto> {
    assertConsistent(book);
    const [added] = await this.database.queries.insert(books).values(book).returning();
    return toDto(added as Book);
  }

  async withdraw(isbn: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [book] = await tx.select().from(books).where(eq(books.isbn, isbn)).for('update');
      assertAvailable(book);
      await tx.update(books).set({ withdrawnAt: new Date() }).where(eq(books.isbn, isbn));
    });
  }
}

/** @throws ResourceNotExistException, DeletedException */
export function assertAvailable(book: Book | undefined): Book {
  if (!book) {
    throw new ResourceNotExistException('BOOK', 'The library has no book with this ISBN.');
  }
  if (book.withdrawnAt) {
    throw new DeletedException('The library has withdrawn this book.');
  }
  return book;
}

/** Each part may be valid while the whole is not. */
function assertConsistent({ pages, chapters = [] }: BookDto): void {
  if (chapters.some(({ page }) => page > pages)) {
    throw new InvalidResourceException('BOOK', 'A chapter starts after the last page.');
  }
}

function toDto({ isbn, title, authors, pages, copies, chapters }: Book): BookDto {
  return { isbn, title, authors, pages, copies, chapters };
}
