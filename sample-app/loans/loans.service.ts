import { Injectable } from '@nestjs/common';
import { and, asc, count, eq, isNull, type SQL } from 'drizzle-orm';
import { ForbiddenException, ResourceNotExistException } from 'nestjs-api-errors';
import { assertAvailable } from '../books/books.service.js';
import type { Queries } from '../database/connection.js';
import { Database } from '../database/database.service.js';
import { books, type Loan, loans, members } from '../database/schema.js';
import { assertMember } from '../members/members.service.js';
import type { LoanDto, NewLoan } from './loan.dto.js';
import { assertCopyLeft, assertKeyUnused, assertMayBorrow } from './loan.rules.js';

@Injectable()
export class LoansService {
  constructor(private readonly database: Database) {}

  async listOf(memberId: string): Promise<LoanDto[]> {
    const rows = await this.database.queries
      .select()
      .from(loans)
      .where(and(eq(loans.memberId, memberId), isNull(loans.returnedAt)))
      .orderBy(asc(loans.dueOn), asc(loans.id));
    return rows.map(toDto);
  }

  /** Locks the member, then the book: what the rules were told stays true until the loan is made. */
  borrow(memberId: string, { isbn, days }: NewLoan, idempotencyKey?: string): Promise<LoanDto> {
    return this.database.transaction(async (tx) => {
      const [row] = await tx.select().from(members).where(eq(members.id, memberId)).for('update');
      const member = assertMember(row);
      assertKeyUnused(await earlierLoan(tx, memberId, idempotencyKey));
      assertMayBorrow(member, days, await openLoans(tx, eq(loans.memberId, memberId)));
      const [found] = await tx.select().from(books).where(eq(books.isbn, isbn)).for('update');
      const book = assertAvailable(found);
      assertCopyLeft(book, await openLoans(tx, eq(loans.isbn, isbn)));
      const loan = { memberId, isbn, dueOn: inDays(days), idempotencyKey };
      const [made] = await tx.insert(loans).values(loan).returning();
      return toDto(made as Loan);
    });
  }

  async giveBack(id: string, memberId: string | undefined): Promise<void> {
    const { queries } = this.database;
    const [loan] = await queries.select().from(loans).where(eq(loans.id, id));
    if (!loan) {
      throw new ResourceNotExistException('LOAN');
    }
    if (loan.memberId !== memberId) {
      throw new ForbiddenException('The loan of another member is not for you to end.');
    }
    await queries
      .update(loans)
      .set({ returnedAt: new Date() })
      .where(and(eq(loans.id, id), isNull(loans.returnedAt)));
  }
}

async function openLoans(tx: Queries, whose: SQL): Promise<number> {
  const [row] = await tx
    .select({ open: count() })
    .from(loans)
    .where(and(whose, isNull(loans.returnedAt)));
  return row?.open ?? 0;
}

async function earlierLoan(tx: Queries, memberId: string, key = ''): Promise<Loan | undefined> {
  const [loan] = await tx
    .select()
    .from(loans)
    .where(and(eq(loans.memberId, memberId), eq(loans.idempotencyKey, key)));
  return loan;
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

function toDto({ id, memberId, isbn, dueOn }: Loan): LoanDto {
  return { id, memberId, isbn, dueOn };
}
