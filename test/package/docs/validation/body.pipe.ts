import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import { ErrorsModule, SchemaValidationPipe } from 'nestjs-api-errors';
import * as v from 'valibot';
import { type } from 'arktype';

export const NewShelf = v.object({ name: v.pipe(v.string(), v.maxLength(20)) });
export type NewShelf = v.InferOutput<typeof NewShelf>;

const Page = type('string.integer.parse').to('number >= 1');

@Controller('shelves')
export class ShelvesController {
  @Post()
  add(@Body(new SchemaValidationPipe(NewShelf)) shelf: NewShelf) {
    return shelf;
  }

  @Get()
  list(@Query('page', new SchemaValidationPipe(Page)) page: number) {
    return { page };
  }
}

@Module({ imports: [ErrorsModule], controllers: [ShelvesController] })
export class AppModule {}
