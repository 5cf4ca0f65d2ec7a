import { Controller, Get, type INestApplication, Module, Param } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import {
  DeletedException,
  ErrorsModule,
  ResourceNotExistException,
  Throws,
} from 'nestjs-api-errors';
import { documentErrors } from 'nestjs-api-errors/swagger';

const books = new Map([['1', { title: 'Dune', withdrawn: true }]]);
const BookNotExist = ResourceNotExistException.for('BOOK');

@Controller('books')
export class BooksController {
  @Get(':isbn')
  @Throws(BookNotExist, DeletedException)
  find(@Param('isbn') isbn: string) {
    const book = books.get(isbn);
    if (!book) {
      throw new BookNotExist();
    }
    if (book.withdrawn) {
      throw new DeletedException();
    }
    return book;
  }
}

@Module({
  imports: [ErrorsModule.forRoot({ catalogue: { path: '/errors' } })],
  controllers: [BooksController],
})
export class DeclaredModule {}

/** Serves Swagger UI with the errors of each operation. */
export function serveDocs(app: INestApplication): void {
  const config = new DocumentBuilder().setTitle('Books').build();
  const document = documentErrors(SwaggerModule.createDocument(app, config), app);
  SwaggerModule.setup('docs', app, document);
}
