import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsUUID, Max, Min } from 'class-validator';
import { Isbn } from '../books/isbn.decorator.js';

/** Which loan: the path parameter. */
export class LoanParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  id: string;
}

export class NewLoanDto {
  @Isbn()
  isbn: string;

  @ApiProperty({ minimum: 1, maximum: 366, description: 'For how many days' })
  @IsInt()
  @Min(1)
  @Max(366)
  days: number;
}

export class LoanDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'ada' })
  memberId: string;

  @ApiProperty({ example: '9780131103627' })
  isbn: string;

  @ApiProperty({ format: 'date' })
  dueOn: string;
}
