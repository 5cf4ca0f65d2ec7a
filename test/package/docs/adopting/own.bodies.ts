import { HttpException, Injectable } from '@nestjs/common';
import {
  type ErrorMapper,
  ErrorsModule,
  InvalidParameterException,
  MapErrors,
  ResourceAlreadyExistException,
} from 'nestjs-api-errors';

@Injectable()
@MapErrors(HttpException)
export class OwnBodies implements ErrorMapper<HttpException> {
  toException(error: HttpException) {
    const { errors } = Object(error.getResponse()) as { errors?: Record<string, string> };
    if (!errors) {
      return undefined;
    }
    return errors['email'] === 'emailExists'
      ? new ResourceAlreadyExistException('EMAIL', { cause: error })
      : new InvalidParameterException({ cause: error, members: { errors } });
  }
}

export const errors = ErrorsModule.forRoot({ mappers: [OwnBodies] });
