import { Controller, Get, Module, Param } from '@nestjs/common';
import { ErrorsModule, ResourceNotExistException } from 'nestjs-api-errors';

const books = new Map([['9780131103627', { title: 'The C Programming Language' }]]);

@Controller('books')
export class BooksController {
  @Get(':isbn')
  find(@Param('isbn') isbn: string) {
    const book = books.get(isbn);
    if (!book) {
      throw new ResourceNotExistException('BOOK', `No book has the ISBN ${isbn}.`);
    }
    return book;
  }
}

@Module({ imports: [ErrorsModule], controllers: [BooksController] })
export class AppModule {}
