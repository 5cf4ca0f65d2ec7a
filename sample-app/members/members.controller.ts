import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ForbiddenException,
  InvalidParameterException,
  RequireScopes,
  ResourceNotExistException,
  ServiceUnavailableException,
  Throws,
  Token,
  type VerifiedToken,
} from 'nestjs-api-errors';
import { LoanDto } from '../loans/loan.dto.js';
import { LoansService } from '../loans/loans.service.js';
import { MemberDto } from './member.dto.js';
import { MembersService } from './members.service.js';

@ApiTags('members')
@Throws(ResourceNotExistException.for('MEMBER'), InvalidParameterException)
@Throws(ServiceUnavailableException)
@Controller('members')
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly loans: LoansService,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'Read about a member' })
  @RequireScopes('members.read')
  @ApiOkResponse({ type: MemberDto })
  find(@Param('id') id: string): Promise<MemberDto> {
    return this.members.find(id);
  }

  /** Members read their own loans, a librarian those of all. */
  @Get(':id/loans')
  @ApiOperation({ summary: 'List the loans of a member' })
  @RequireScopes('loans.read')
  @ApiOkResponse({ type: [LoanDto] })
  @Throws(ForbiddenException)
  async listLoans(@Param('id') id: string, @Token() token: VerifiedToken): Promise<LoanDto[]> {
    if (token.subject !== id && !token.scopes.includes('members.read')) {
      throw new ForbiddenException('The loans of another member are not for you to read.');
    }
    await this.members.find(id);
    return this.loans.listOf(id);
  }
}
