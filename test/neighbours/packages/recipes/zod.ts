import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import { APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ErrorsModule } from 'nestjs-api-errors';
import { createZodDto, ZodResponse, ZodSerializerInterceptor, ZodValidationPipe } from 'nestjs-zod';
import { z } from 'zod';

export class BookDto extends createZodDto(
  z.object({
    title: z.string().min(2).max(20),
    pages: z.coerce.number().int().max(10_000).optional(),
    tags: z.array(z.object({ name: z.string() })).optional(),
  }),
) {}

export class ShelfParams extends createZodDto(z.object({ shelf: z.enum(['new', 'old']) })) {}

@Controller()
export class BooksController {
  @Post('books')
  create(@Body() book: BookDto) {
    return book;
  }

  @Get('shelves/:shelf')
  @ZodResponse({ type: BookDto })
  first(@Param() { shelf }: ShelfParams) {
    return { title: shelf === 'new' ? 'Emma' : '', secret: 'not for the caller' };
  }
}

@Module({
  imports: [ErrorsModule],
  controllers: [BooksController],
  providers: [
    { provide: APP_PIPE, useClass: ZodValidationPipe },
    { provide: APP_INTERCEPTOR, useClass: ZodSerializerInterceptor },
  ],
})
export class AppModule {}
