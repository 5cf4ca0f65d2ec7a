import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { RequireScopes } from 'nestjs-api-errors';
import { BookDto, BookParams, BookQuery } from './book.dto.js';
import { BooksService } from './books.service.js';

@ApiTags('books')
@Controller('books')
export class BooksController {
  constructor(private readonly books: BooksService) {}

  @Get()
  @RequireScopes('books.read')
  @ApiOkResponse({ type: [BookDto] })
  list(@Query() query: BookQuery): Promise<BookDto[]> {
    return this.books.list(query);
  }

  @Get(':isbn')
  @RequireScopes('books.read')
  @ApiOkResponse({ type: BookDto })
  find(@Param() { isbn }: BookParams): Promise<BookDto> {
    return this.books.find(isbn);
  }

  @Post()
  @RequireScopes('books.write')
  @ApiCreatedResponse({ type: BookDto })
  add(@Body() book: BookDto): Promise<BookDto> {
    return this.books.add(book);
  }

  /** The library keeps the record: whoever asks for the book learns that it is gone. */
  @Delete(':isbn')
  @HttpCode(204)
  @RequireScopes('books.write')
  @ApiNoContentResponse({ description: 'The book is withdrawn.' })
  async withdraw(@Param() { isbn }: BookParams): Promise<void> {
    await this.books.withdraw(isbn);
  }
}
