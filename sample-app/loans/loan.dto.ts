import { type ApiBodyOptions, ApiProperty } from '@nestjs/swagger';
import { isISBN, IsUUID } from 'class-validator';
import { z } from 'zod';

/** Which loan: the path parameter. */
export class LoanParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  id: string;
}

/** What a member asks for, validated by zod: a resource may be described by either. */
export const NewLoan = z.object({
  isbn: z
    .string()
    .meta({ example: '9780131103627' })
    .transform((isbn) => isbn.replaceAll('-', ''))
    .refine((isbn) => isISBN(isbn, '13'), 'must be an ISBN-13'),
  days: z.int().min(1).max(366).describe('For how many days'),
});
export type NewLoan = z.infer<typeof NewLoan>;

/** The same, as OpenAPI says it. */
export const newLoanBody = {
  schema: z.toJSONSchema(NewLoan, { target: 'openapi-3.0', io: 'input' }),
} as ApiBodyOptions;

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
