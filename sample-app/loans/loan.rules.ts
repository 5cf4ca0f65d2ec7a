import {
  AccessDeniedException,
  AlreadyExistException,
  ConflictException,
  ResourceLimitExceededException,
  ResourceOutOfRangeException,
} from 'nestjs-api-errors';
import type { Book, Loan, Member } from '../database/schema.js';

/** @throws AccessDeniedException, ResourceOutOfRangeException, ResourceLimitExceededException */
export function assertMayBorrow(member: Member, days: number, openLoans: number): void {
  if (member.suspended) {
    throw new AccessDeniedException('The membership is suspended.');
  }
  if (days > member.maxLoanDays) {
    throw new ResourceOutOfRangeException(`A loan lasts ${member.maxLoanDays} days at most.`);
  }
  if (openLoans >= member.maxLoans) {
    throw new ResourceLimitExceededException(`${member.maxLoans} books at a time are the limit.`);
  }
}

/** @throws ConflictException */
export function assertCopyLeft(book: Book, openLoans: number): void {
  if (openLoans >= book.copies) {
    throw new ConflictException('No copy of this book is left.');
  }
}

/** @throws AlreadyExistException */
export function assertKeyUnused(earlier: Loan | undefined): void {
  if (earlier) {
    throw new AlreadyExistException('A loan was made with this Idempotency-Key before.');
  }
}
