import { ApiProperty } from '@nestjs/swagger';

export class MemberDto {
  @ApiProperty({ example: 'ada' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ description: 'A suspended member borrows nothing' })
  suspended: boolean;

  @ApiProperty({ description: 'How many books at a time' })
  maxLoans: number;

  @ApiProperty({ description: 'For how many days each' })
  maxLoanDays: number;
}
