import { Body, Controller, Module, Post } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { z } from 'zod';

export const NewBook = z.object({
  title: z.string().min(1).max(20),
  pages: z.int().min(1).max(10_000),
});
export type NewBook = z.infer<typeof NewBook>;

@Controller('books')
export class BooksController {
  @Post()
  add(@Body({ schema: NewBook }) book: NewBook) {
    return book;
  }
}

@Module({
  imports: [ErrorsModule.forRoot({ body: { failures: true } })],
  controllers: [BooksController],
})
export class AppModule {}
