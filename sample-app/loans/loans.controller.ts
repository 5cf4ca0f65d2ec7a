import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  AccessDeniedException,
  ConflictException,
  DeletedException,
  ForbiddenException,
  ParameterLimitExceededException,
  RequireScopes,
  ResourceLimitExceededException,
  ResourceNotExistException,
  ResourceOutOfRangeException,
  SchemaValidationPipe,
  ServiceUnavailableException,
  Throws,
  Token,
  type VerifiedToken,
} from 'nestjs-api-errors';
import { database } from '../database/database.errors.js';
import { IdempotencyKey } from './idempotency-key.decorator.js';
import { LoanDto, LoanParams, NewLoan, newLoanBody } from './loan.dto.js';
import { LoansService } from './loans.service.js';

@ApiTags('loans')
@Throws(ServiceUnavailableException)
@RequireScopes('loans.write')
@Controller('loans')
export class LoansController {
  constructor(private readonly loans: LoansService) {}

  /** The member that the token speaks for borrows a book. */
  @Post()
  @ApiOperation({ summary: 'Borrow a book' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, schema: { maxLength: 128 } })
  @ApiBody(newLoanBody)
  @ApiCreatedResponse({ type: LoanDto })
  @Throws(ResourceNotExistException.for('MEMBER'), AccessDeniedException)
  @Throws(ResourceNotExistException.for('BOOK'), DeletedException, ConflictException)
  @Throws(ResourceOutOfRangeException, ResourceLimitExceededException)
  @Throws(database.constraints.loans_idempotency_key, ParameterLimitExceededException)
  borrow(
    @Body(new SchemaValidationPipe(NewLoan)) loan: NewLoan,
    @Token() { subject = '' }: VerifiedToken,
    @IdempotencyKey() idempotencyKey?: string,
  ): Promise<LoanDto> {
    return this.loans.borrow(subject, loan, idempotencyKey);
  }

  /** The book is back; returning it again changes nothing. */
  @Delete(':id')
  @ApiOperation({ summary: 'Return a book' })
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The book is returned.' })
  @Throws(ResourceNotExistException.for('LOAN'), ForbiddenException)
  async giveBack(@Param() { id }: LoanParams, @Token() token: VerifiedToken): Promise<void> {
    await this.loans.giveBack(id, token.subject);
  }
}
