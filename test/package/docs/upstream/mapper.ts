import { ErrorsModule, ResourceNotExistException } from 'nestjs-api-errors';
import { upstreamErrors } from 'nestjs-api-errors/mappers';

export const errors = ErrorsModule.forRoot({
  mappers: [
    upstreamErrors({
      passOn: ['BOOK_NOT_EXIST'],
      statuses: { 404: ResourceNotExistException.for('SHELF') },
    }),
  ],
});
