import { Controller, Get, Inject, NotFoundException } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ErrorsModule } from 'nestjs-api-errors';
import { platforms } from '../support/platforms.js';

class BooksService {
  find(): string {
    return 'a book';
  }
}

@Controller('books')
class BooksController {
  constructor(@Inject(BooksService) private readonly books: BooksService) {}

  @Get()
  find() {
    return this.books.find();
  }
}

it.each(platforms)('what is not provided may be mocked, on %s', async (_platform, makeAdapter) => {
  const module = await Test.createTestingModule({
    imports: [ErrorsModule],
    controllers: [BooksController],
  })
    .useMocker(() => ({
      find: () => {
        throw new NotFoundException('No such book.');
      },
    }))
    .compile();
  const app = module.createNestApplication(makeAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  const response = await fetch(`${await app.getUrl()}/books`);
  expect(await response.json()).toEqual({ code: 'NOT_FOUND', description: 'No such book.' });
  await app.close();
});
