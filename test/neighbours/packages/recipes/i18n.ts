import { Body, Controller, Module, Post } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { Type } from 'class-transformer';
import { IsNotEmpty, IsString, MaxLength, ValidateNested } from 'class-validator';
import { ErrorsModule } from 'nestjs-api-errors';
import {
  AcceptLanguageResolver,
  I18nModule,
  I18nValidationPipe,
  i18nValidationMessage,
} from 'nestjs-i18n';

export class AuthorDto {
  @IsNotEmpty({ message: i18nValidationMessage('validation.NOT_EMPTY') })
  name: string;
}

export class BookDto {
  @IsNotEmpty({ message: i18nValidationMessage('validation.NOT_EMPTY') })
  @MaxLength(5, { message: i18nValidationMessage('validation.MAX_LENGTH') })
  title: string;

  @IsString({ message: 'validation.NO_SUCH_KEY' })
  note = '';

  @ValidateNested()
  @Type(() => AuthorDto)
  author?: AuthorDto;
}

@Controller('books')
export class BooksController {
  @Post()
  create(@Body() book: BookDto) {
    return book;
  }
}

@Module({
  imports: [
    ErrorsModule,
    I18nModule.forRoot({
      fallbackLanguage: 'en',
      loaderOptions: { path: 'i18n/' },
      resolvers: [AcceptLanguageResolver],
      logging: false,
    }),
  ],
  controllers: [BooksController],
  providers: [{ provide: APP_PIPE, useValue: new I18nValidationPipe({ transform: true }) }],
})
export class AppModule {}
