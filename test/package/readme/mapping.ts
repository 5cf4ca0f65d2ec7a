import { Injectable } from '@nestjs/common';
import {
  type ErrorMapper,
  ErrorsModule,
  MapErrors,
  ResourceAlreadyExistException,
} from 'nestjs-api-errors';
import { upstreamErrors } from 'nestjs-api-errors/mappers';

export class DatabaseError extends Error {
  code = '23505';
}

@Injectable()
@MapErrors(DatabaseError)
export class DatabaseErrors implements ErrorMapper<DatabaseError> {
  toException(error: DatabaseError) {
    return error.code === '23505'
      ? new ResourceAlreadyExistException('BOOK', { cause: error })
      : undefined;
  }
}

export const errors = ErrorsModule.forRoot({ mappers: [DatabaseErrors, upstreamErrors()] });

import { Controller, Get, Module } from '@nestjs/common';

@Controller('books')
export class DatabaseController {
  @Get('taken')
  taken() {
    throw new DatabaseError('duplicate key value violates unique constraint "books_pkey"');
  }

  @Get('broken')
  broken() {
    throw Object.assign(new DatabaseError('password authentication failed'), { code: '28P01' });
  }

  @Get('refused')
  refused() {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  }
}

@Module({ imports: [errors], controllers: [DatabaseController] })
export class DatabaseModule {}
