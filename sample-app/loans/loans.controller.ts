import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { RequireScopes, Token, type VerifiedToken } from 'nestjs-api-errors';
import { IdempotencyKey } from './idempotency-key.decorator.js';
import { LoanDto, LoanParams, NewLoanDto } from './loan.dto.js';
import { LoansService } from './loans.service.js';

@ApiTags('loans')
@RequireScopes('loans.write')
@Controller('loans')
export class LoansController {
  constructor(private readonly loans: LoansService) {}

  /** The member that the token speaks for borrows a book. */
  @Post()
  @ApiHeader({ name: 'Idempotency-Key', required: false, schema: { maxLength: 128 } })
  @ApiCreatedResponse({ type: LoanDto })
  borrow(
    @Body() loan: NewLoanDto,
    @Token() { subject = '' }: VerifiedToken,
    @IdempotencyKey() idempotencyKey?: string,
  ): Promise<LoanDto> {
    return this.loans.borrow(subject, loan, idempotencyKey);
  }

  /** The book is back; returning it again changes nothing. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The book is returned.' })
  async giveBack(@Param() { id }: LoanParams, @Token() token: VerifiedToken): Promise<void> {
    await this.loans.giveBack(id, token.subject);
  }
}
