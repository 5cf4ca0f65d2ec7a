import {
  type ErrorMapper,
  ErrorsModule,
  ForbiddenException,
  MapErrors,
  ResourceNotExistException,
} from 'nestjs-api-errors';

/** Who may not see a book is told that there is none. */
@MapErrors(ForbiddenException)
export class Hidden implements ErrorMapper<ForbiddenException> {
  toException(error: ForbiddenException) {
    return new ResourceNotExistException('BOOK', { cause: error });
  }
}

export const errors = ErrorsModule.forRoot({
  mappers: [Hidden],
  rows: (row) => ({ ...row, code: row.code.replace(/_NOT_EXIST$/, '_NOT_FOUND') }),
  requestId: ({ headers }: { headers: Record<string, string> }) => headers['x-amzn-trace-id'],
  body: {
    members: ({ status }, request: { url: string } | undefined) => ({ status, path: request?.url }),
  },
});

import { Controller, Get, Module } from '@nestjs/common';

@Controller('books')
export class HiddenController {
  @Get('hidden')
  hidden() {
    throw new ForbiddenException();
  }
}

@Module({ imports: [errors], controllers: [HiddenController] })
export class FittingModule {}
