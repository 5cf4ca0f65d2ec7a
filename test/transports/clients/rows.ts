import {
  AccessDeniedException,
  AlreadyExistException,
  BadRequestException,
  ConflictException,
  DeletedException,
  ForbiddenException,
  InternalServerErrorException,
  InvalidParameterException,
  InvalidResourceException,
  MissingParameterException,
  NotFoundException,
  ParameterLimitExceededException,
  ParameterOutOfRangeException,
  ResourceAlreadyExistException,
  ResourceLimitExceededException,
  ResourceNotExistException,
  ResourceOutOfRangeException,
  ServiceUnavailableException,
  UnauthorizedException,
} from 'nestjs-api-errors';

/** The rows of the contract, with what throws each. */
export const rows: readonly (readonly [status: number, code: string, make: () => Error])[] = [
  [400, 'BAD_REQUEST', () => new BadRequestException()],
  [400, 'INVALID_PARAMETER', () => new InvalidParameterException()],
  [400, 'INVALID_BOOK', () => new InvalidResourceException('BOOK')],
  [400, 'MISSING_PARAMETER', () => new MissingParameterException()],
  [400, 'LIMIT_EXCEEDED', () => new ParameterLimitExceededException()],
  [400, 'OUT_OF_RANGE', () => new ParameterOutOfRangeException()],
  [401, 'UNAUTHORIZED', () => new UnauthorizedException()],
  [403, 'FORBIDDEN', () => new ForbiddenException()],
  [403, 'ACCESS_DENIED', () => new AccessDeniedException()],
  [403, 'LIMIT_EXCEEDED', () => new ResourceLimitExceededException()],
  [403, 'OUT_OF_RANGE', () => new ResourceOutOfRangeException()],
  [404, 'NOT_FOUND', () => new NotFoundException()],
  [404, 'BOOK_NOT_EXIST', () => new ResourceNotExistException('BOOK')],
  [409, 'CONFLICT', () => new ConflictException()],
  [409, 'ALREADY_EXIST', () => new AlreadyExistException()],
  [409, 'BOOK_ALREADY_EXIST', () => new ResourceAlreadyExistException('BOOK')],
  [410, 'DELETED', () => new DeletedException()],
  [500, 'INTERNAL_SERVER_ERROR', () => new InternalServerErrorException('The password is x.')],
  [503, 'SERVICE_UNAVAILABLE', () => new ServiceUnavailableException({ retryAfter: 30 })],
];

/** What no caller may see of an unknown error. */
export const SECRET = 'password of the database';

/** Things that are no exceptions, each a 500. */
export const unknown: readonly unknown[] = [
  new Error(SECRET),
  Object.assign(new TypeError(SECRET), { code: SECRET }),
  SECRET,
  null,
  42,
  { message: SECRET, extensions: { code: SECRET } },
  Object.assign(new Error(SECRET), { extensions: { code: SECRET }, path: ['x'] }),
];

export const OPAQUE = 'The server failed to process the request.';
