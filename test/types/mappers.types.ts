import { ConflictException, ResourceAlreadyExistException, Throws } from 'nestjs-api-errors';
import { databaseErrors } from 'nestjs-api-errors/mappers';
import { expectType } from './expect.js';

const database = databaseErrors({
  constraints: {
    books_pkey: ResourceAlreadyExistException.for('BOOK'),
    loans_key: { exception: ConflictException, description: 'The loan is there.' },
  },
  contention: 409,
});

expectType<'BOOK_ALREADY_EXIST'>()(database.constraints.books_pkey.code);
expectType<typeof ConflictException>()(database.constraints.loans_key);
Throws(database.constraints.books_pkey, database.constraints.loans_key)(class {});

// @ts-expect-error -- no such constraint was declared
void database.constraints.books_pk;
// @ts-expect-error -- it has no code of its own: .for('BOOK')
databaseErrors({ constraints: { books_pkey: ResourceAlreadyExistException } });
// @ts-expect-error -- a class, no instance
databaseErrors({ constraints: { books_pkey: new ConflictException() } });
// @ts-expect-error -- 409 or 503
databaseErrors({ contention: 500 });
