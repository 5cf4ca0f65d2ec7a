import { Body, Controller, Module, Post } from '@nestjs/common';
import { IsISBN, IsString, Max, MaxLength, Min } from 'class-validator';
import { ErrorsModule, Resource } from 'nestjs-api-errors';

@Resource('BOOK')
export class BookDto {
  @IsISBN() isbn: string;
  @IsString() @MaxLength(20) title: string;
  @Min(1) @Max(10_000) pages: number;
}

@Controller('books')
export class ShelfController {
  @Post()
  add(@Body() book: BookDto) {
    return book;
  }
}

@Module({ imports: [ErrorsModule], controllers: [ShelfController] })
export class ShelfModule {}
