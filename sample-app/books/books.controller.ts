import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  DeletedException,
  InvalidParameterException,
  RequireAuthentication,
  RequireScopes,
  ResourceNotExistException,
  ServiceUnavailableException,
  Throws,
} from 'nestjs-api-errors';
import { database } from '../database/database.errors.js';
import { BookDto, BookParams, BookQuery } from './book.dto.js';
import { BooksService } from './books.service.js';

@ApiTags('books')
@Throws(ServiceUnavailableException)
@Controller('books')
export class BooksController {
  constructor(private readonly books: BooksService) {}

  @Get()
  @ApiOperation({ summary: 'List the books' })
  @RequireScopes('books.read')
  @ApiOkResponse({ type: [BookDto] })
  list(@Query() query: BookQuery): Promise<BookDto[]> {
    return this.books.list(query);
  }

  @Get(':isbn')
  @ApiOperation({ summary: 'Read about a book' })
  @RequireScopes('books.read')
  @ApiOkResponse({ type: BookDto })
  @Throws(ResourceNotExistException.for('BOOK'), DeletedException)
  find(@Param() { isbn }: BookParams): Promise<BookDto> {
    return this.books.find(isbn);
  }

  @Post()
  @ApiOperation({ summary: 'Add a book' })
  @RequireScopes('books.write')
  @ApiCreatedResponse({ type: BookDto })
  @Throws(database.constraints.books_pkey, InvalidParameterException)
  add(@Body() book: BookDto): Promise<BookDto> {
    return this.books.add(book);
  }

  /** The library keeps the record: whoever asks for the book learns that it is gone. */
  @Delete(':isbn')
  @ApiOperation({ summary: 'Withdraw a book' })
  @HttpCode(204)
  @RequireScopes('books.write')
  @RequireAuthentication({ acrValues: ['phr'], maxAge: 300 })
  @ApiNoContentResponse({ description: 'The book is withdrawn.' })
  @Throws(ResourceNotExistException.for('BOOK'), DeletedException)
  async withdraw(@Param() { isbn }: BookParams): Promise<void> {
    await this.books.withdraw(isbn);
  }
}
