import { AlreadyExistException, ResourceAlreadyExistException } from 'nestjs-api-errors';
import { databaseErrors } from 'nestjs-api-errors/mappers';

/** What the constraints of the schema mean to a caller. */
export const database = databaseErrors({
  constraints: {
    books_pkey: {
      exception: ResourceAlreadyExistException.for('BOOK'),
      description: 'The library has this book.',
    },
    loans_idempotency_key: {
      exception: AlreadyExistException,
      description: 'This Idempotency-Key was used before.',
    },
  },
});
