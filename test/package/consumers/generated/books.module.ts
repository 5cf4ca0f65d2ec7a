import { Controller, Get, Module, Param } from '@nestjs/common';
import {
  DeletedException,
  ErrorsModule,
  ResourceNotExistException,
  Throws,
} from 'nestjs-api-errors';

/*
 * What is added to an application as `nest new` makes it. Validation is off, as its packages are not
 * among those that are installed with Nest.
 */

@Controller('books')
export class BooksController {
  @Get('bug')
  @Throws(DeletedException)
  bug(): never {
    throw new Error('the bug');
  }

  @Get(':isbn')
  @Throws(ResourceNotExistException.for('BOOK'))
  find(@Param('isbn') isbn: string): never {
    throw new ResourceNotExistException('BOOK', `No book has the ISBN ${isbn}.`);
  }
}

@Module({
  imports: [ErrorsModule.forRoot({ validation: false })],
  controllers: [BooksController],
})
export class BooksModule {}
