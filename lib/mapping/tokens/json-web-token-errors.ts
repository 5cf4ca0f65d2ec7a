import type { HttpException } from '@nestjs/common';
import { InvalidTokenException } from '../../contract/exceptions/bearer.exceptions.js';
import { type ErrorMapper, MapErrors } from '../error-mapper.js';
import { refusedJsonWebToken } from './json-web-token.js';

/**
 * A mapper of what `verify()` of jsonwebtoken throws, and `JwtService` of `@nestjs/jwt`: 401 with
 * `Bearer error="invalid_token"` in place of 500. For an application that verifies the tokens of its
 * requests by hand, and no others: one in a body, of a link that was sent by mail for instance, is no
 * credential, and what refuses it is the application's to say.
 *
 * @example `ErrorsModule.forRoot({ mappers: [jsonWebTokenErrors()] })`
 * @publicApi
 */
export function jsonWebTokenErrors(): ErrorMapper {
  return new JsonWebTokenErrors();
}

@MapErrors((error) => refusedJsonWebToken(error) !== undefined)
class JsonWebTokenErrors implements ErrorMapper {
  toException(cause: unknown): HttpException | undefined {
    const description = refusedJsonWebToken(cause);
    return description === undefined
      ? undefined
      : new InvalidTokenException(description, { cause });
  }
}
