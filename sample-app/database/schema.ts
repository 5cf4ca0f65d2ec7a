import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';

/*
 * The tables, and what the migrations are made from:
 *
 *   npx drizzle-kit generate --dialect postgresql \
 *     --schema sample-app/database/schema.ts --out sample-app/database/migrations
 *
 * Then take `"public".` out of the new file: drizzle-kit writes it before the tables that foreign
 * keys refer to, and on a server the tables are in the schema that DATABASE_SCHEMA names.
 */

export interface Chapter {
  title: string;
  page: number;
}

export const books = pgTable('books', {
  isbn: text().primaryKey(),
  title: text().notNull(),
  authors: text().array().notNull(),
  pages: integer().notNull(),
  chapters: jsonb().$type<Chapter[]>().notNull().default([]),
  copies: integer().notNull(),
  withdrawnAt: timestamp('withdrawn_at', { withTimezone: true }),
});

export const members = pgTable('members', {
  id: text().primaryKey(),
  name: text().notNull(),
  suspended: boolean().notNull().default(false),
  maxLoans: integer('max_loans').notNull(),
  maxLoanDays: integer('max_loan_days').notNull(),
});

export const loans = pgTable(
  'loans',
  {
    id: uuid()
      .primaryKey()
      .default(sql`gen_random_uuid()`),
    memberId: text('member_id')
      .notNull()
      .references(() => members.id),
    isbn: text()
      .notNull()
      .references(() => books.isbn),
    dueOn: date('due_on').notNull(),
    returnedAt: timestamp('returned_at', { withTimezone: true }),
    idempotencyKey: text('idempotency_key'),
  },
  (table) => [unique('loans_idempotency_key').on(table.memberId, table.idempotencyKey)],
);

export type Book = typeof books.$inferSelect;
export type Member = typeof members.$inferSelect;
export type Loan = typeof loans.$inferSelect;
