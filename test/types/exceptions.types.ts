import { HttpException } from '@nestjs/common';
import {
  AccessDeniedException,
  AlreadyExistException,
  type AnyApiExceptionClass,
  ApiException,
  type ApiExceptionClass,
  type ApiExceptionOptions,
  BadRequestException,
  ConflictException,
  defineException,
  DeletedException,
  ForbiddenException,
  InsufficientScopeException,
  InternalServerErrorException,
  InvalidParameterException,
  InvalidRequestException,
  InvalidResourceException,
  InvalidTokenException,
  isErrorCode,
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
import { expectType } from './expect.js';

// Each row of the contract, made and as a class

expectType<'BAD_REQUEST'>()(new BadRequestException().code);
expectType<400>()(new BadRequestException().getStatus());
expectType<'INVALID_PARAMETER'>()(new InvalidParameterException().code);
expectType<'MISSING_PARAMETER'>()(new MissingParameterException().code);
expectType<'LIMIT_EXCEEDED'>()(new ParameterLimitExceededException().code);
expectType<400>()(new ParameterLimitExceededException().getStatus());
expectType<'OUT_OF_RANGE'>()(new ParameterOutOfRangeException().code);
expectType<400>()(new ParameterOutOfRangeException().getStatus());
expectType<'UNAUTHORIZED'>()(new UnauthorizedException().code);
expectType<401>()(new UnauthorizedException().getStatus());
expectType<'FORBIDDEN'>()(new ForbiddenException().code);
expectType<'ACCESS_DENIED'>()(new AccessDeniedException().code);
expectType<'LIMIT_EXCEEDED'>()(new ResourceLimitExceededException().code);
expectType<403>()(new ResourceLimitExceededException().getStatus());
expectType<'OUT_OF_RANGE'>()(new ResourceOutOfRangeException().code);
expectType<403>()(new ResourceOutOfRangeException().getStatus());
expectType<'NOT_FOUND'>()(new NotFoundException().code);
expectType<'CONFLICT'>()(new ConflictException().code);
expectType<'ALREADY_EXIST'>()(new AlreadyExistException().code);
expectType<'DELETED'>()(DeletedException.code);
expectType<410>()(DeletedException.status);
expectType<'INTERNAL_SERVER_ERROR'>()(new InternalServerErrorException().code);
expectType<'SERVICE_UNAVAILABLE'>()(new ServiceUnavailableException().code);
expectType<503>()(ServiceUnavailableException.status);

expectType<{ code: 'CONFLICT'; description: string }>()(new ConflictException().getResponse());
expectType<string>()(ConflictException.description);

// {RESOURCE}

expectType<'INVALID_BOOK'>()(new InvalidResourceException('BOOK').code);
expectType<'BOOK_NOT_EXIST'>()(new ResourceNotExistException('BOOK').code);
expectType<404>()(new ResourceNotExistException('BOOK').getStatus());
expectType<'LIBRARY_CARD_ALREADY_EXIST'>()(
  new ResourceAlreadyExistException('LIBRARY_CARD', { cause: 'unique' }).code,
);
expectType<'INVALID_BOOK'>()(InvalidResourceException.for('BOOK').code);
expectType<'BOOK_NOT_EXIST'>()(ResourceNotExistException.for('BOOK').code);
expectType<404>()(ResourceNotExistException.for('BOOK').status);
expectType<409>()(ResourceAlreadyExistException.for('BOOK').status);

const BookNotExist = ResourceNotExistException.for('BOOK');
expectType<'BOOK_NOT_EXIST'>()(new BookNotExist('No book has this ISBN.').code);

declare const named: 'BOOK' | 'LOAN';
expectType<'BOOK_NOT_EXIST' | 'LOAN_NOT_EXIST'>()(new ResourceNotExistException(named).code);
declare const computed: string;
expectType<`${string}_NOT_EXIST`>()(new ResourceNotExistException(computed).code);

// @ts-expect-error -- a resource is UPPER_SNAKE_CASE
void new ResourceNotExistException('book');
// @ts-expect-error -- a resource is UPPER_SNAKE_CASE
void new InvalidResourceException('Book');
// @ts-expect-error -- a resource is UPPER_SNAKE_CASE
ResourceAlreadyExistException.for('book');
// @ts-expect-error -- a resource is named
void new ResourceNotExistException();
// @ts-expect-error -- a resource is a name
void new ResourceNotExistException(7);
// @ts-expect-error -- the class has its resource
void new BookNotExist('BOOK', 'No book has this ISBN.');

// An application's own

export class LoanOverdueException extends defineException({
  code: 'LOAN_OVERDUE',
  status: 403,
  description: 'The member has an overdue loan.',
}) {}

expectType<'LOAN_OVERDUE'>()(LoanOverdueException.code);
expectType<403>()(LoanOverdueException.status);
expectType<'LOAN_OVERDUE'>()(new LoanOverdueException().code);
expectType<403>()(new LoanOverdueException('Two weeks late.').getStatus());

// @ts-expect-error -- a status is a number
defineException({ code: 'LOAN_OVERDUE', status: '403', description: 'Overdue.' });
// @ts-expect-error -- a row has a description
defineException({ code: 'LOAN_OVERDUE', status: 403 });
// @ts-expect-error -- a row has a code
defineException({ status: 403, description: 'Overdue.' });
// @ts-expect-error -- a code is text
defineException({ code: 7, status: 403, description: 'Overdue.' });

// Options

const options: ApiExceptionOptions = {
  cause: new Error('why'),
  headers: { 'X-A': 'a', 'X-B': ['b', 'c'] },
  retryAfter: new Date(),
  failures: [{ parameter: 'items[2].price', in: 'body', rule: 'min', description: 'Too low.' }],
  challenges: [{ scheme: 'Bearer', params: { realm: 'a' } }],
  expose: true,
};
void [new ConflictException(options), new ConflictException('Taken.', options)];
void new ResourceNotExistException('BOOK', options);

// @ts-expect-error -- there is no such option
void new ConflictException({ status: 400 });
// @ts-expect-error -- there is no such option
void new ConflictException('Taken.', { reason: 'taken' });
// @ts-expect-error -- seconds or a date
void new ServiceUnavailableException({ retryAfter: '60' });
// @ts-expect-error -- a header is text
void new ConflictException({ headers: { 'X-A': 1 } });
// @ts-expect-error -- a description is text
void new ConflictException(404);
// @ts-expect-error -- options stand last
void new ConflictException(options, 'Taken.');

// Bearer failures

expectType<'UNAUTHORIZED'>()(new InvalidTokenException().code);
expectType<400>()(new InvalidRequestException().getStatus());
expectType<'FORBIDDEN'>()(new InsufficientScopeException(['books.read']).code);
expectType<readonly string[]>()(new InsufficientScopeException(['books.read']).scopes);
// @ts-expect-error -- the scopes that are missing are named
void new InsufficientScopeException();
// @ts-expect-error -- its challenge is its own
void new InvalidTokenException('Expired.', { challenges: [] });

// What they are

const asNest: HttpException = new ConflictException();
const asAny: ApiException = new ResourceNotExistException('BOOK');
const asClass: ApiExceptionClass<410, 'DELETED'> = DeletedException;
const listed: readonly AnyApiExceptionClass[] = [
  DeletedException,
  ResourceNotExistException.for('BOOK'),
  LoanOverdueException,
  InsufficientScopeException,
];
void [asNest, asAny, asClass, listed];
// @ts-expect-error -- another row
void (DeletedException satisfies ApiExceptionClass<409, 'DELETED'>);
// @ts-expect-error -- without its resource it stands for no row
void (ResourceNotExistException satisfies AnyApiExceptionClass);
// @ts-expect-error -- no class of this library
void (HttpException satisfies AnyApiExceptionClass);

export function narrow(thrown: unknown): void {
  if (isErrorCode(thrown)) {
    expectType<string>()(thrown);
  }
  if (thrown instanceof ApiException) {
    expectType<string>()(thrown.description);
    // @ts-expect-error -- what is thrown stays as it is
    thrown.code = 'OTHER';
  }
  if (thrown instanceof LoanOverdueException) {
    expectType<'LOAN_OVERDUE'>()(thrown.code);
  }
}
