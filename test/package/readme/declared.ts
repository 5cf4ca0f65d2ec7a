import { Controller, Get, Param } from '@nestjs/common';
import { DeletedException, ResourceNotExistException, Throws } from 'nestjs-api-errors';

const books = new Map([['1', { title: 'Dune', withdrawn: true }]]);

@Controller('books')
export class BooksController {
  @Get(':isbn')
  @Throws(ResourceNotExistException.for('BOOK'), DeletedException)
  find(@Param('isbn') isbn: string) {
    const book = books.get(isbn);
    if (!book) {
      throw new ResourceNotExistException('BOOK');
    }
    if (book.withdrawn) {
      throw new DeletedException();
    }
    return book;
  }
}

import { Module } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';

@Module({
  imports: [ErrorsModule.forRoot({ catalogue: { path: '/errors' } })],
  controllers: [BooksController],
})
export class DeclaredModule {}
