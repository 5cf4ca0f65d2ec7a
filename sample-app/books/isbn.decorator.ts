import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsISBN } from 'class-validator';

/** An ISBN-13, with hyphens or without. */
export function Isbn(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ example: '9780131103627' }),
    Transform(({ value }) => (typeof value === 'string' ? value.replaceAll('-', '') : value)),
    IsISBN('13', { message: '$property must be an ISBN-13' }),
  );
}
