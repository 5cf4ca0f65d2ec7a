import { ErrorsModule, ResourceAlreadyExistException } from 'nestjs-api-errors';
import { databaseErrors } from 'nestjs-api-errors/mappers';

export const errors = ErrorsModule.forRoot({
  mappers: [
    databaseErrors({ constraints: { goods_pkey: ResourceAlreadyExistException.for('GOOD') } }),
  ],
});
