import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Resource } from 'nestjs-api-errors';
import { Isbn } from './isbn.decorator.js';

/** Which book: the path parameter of many routes. */
export class BookParams {
  @Isbn()
  isbn: string;
}

/** Which page of the list of books. */
export class BookQuery {
  @ApiProperty({ type: Number, required: false, default: 20, minimum: 1, maximum: 100 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;

  @ApiProperty({ type: Number, required: false, default: 0, minimum: 0, maximum: 1_000_000 })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  offset = 0;
}

export class ChapterDto {
  @ApiProperty({ maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  title: string;

  @ApiProperty({ minimum: 1, maximum: 10_000, description: 'The page that it starts on' })
  @IsInt()
  @Min(1)
  @Max(10_000)
  page: number;
}

/** A book as the library keeps it. */
@Resource('BOOK')
export class BookDto {
  @Isbn()
  isbn: string;

  @ApiProperty({ maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  title: string;

  @ApiProperty({ type: [String], minItems: 1, maxItems: 20 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  authors: string[];

  @ApiProperty({ minimum: 1, maximum: 10_000 })
  @IsInt()
  @Min(1)
  @Max(10_000)
  pages: number;

  @ApiProperty({ minimum: 1, maximum: 100, description: 'How many the library has' })
  @IsInt()
  @Min(1)
  @Max(100)
  copies: number;

  @ApiProperty({ type: [ChapterDto], required: false, maxItems: 200 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => ChapterDto)
  chapters?: ChapterDto[];
}
