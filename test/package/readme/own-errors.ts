import { defineException, ServiceUnavailableException } from 'nestjs-api-errors';

export class LoanOverdueException extends defineException({
  code: 'LOAN_OVERDUE',
  status: 403,
  description: 'The member has an overdue loan.',
}) {}

export function lend(isOverdue: boolean, error: Error): never {
  if (isOverdue) {
    throw new LoanOverdueException('Give back "Dune" first.');
  }
  throw new ServiceUnavailableException({ cause: error, retryAfter: 30 });
}
