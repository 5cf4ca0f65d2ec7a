import { isApiError, readError } from 'nestjs-api-errors/client';
import { expectType } from './expect.js';
import type { operations, paths } from './openapi.bookshelf.js';

/** The bodies that an operation answers one status with, as openapi-typescript has them. */
type Body<
  Operation extends keyof operations,
  Status extends number,
> = operations[Operation]['responses'] extends infer Responses
  ? Status extends keyof Responses
    ? Responses[Status] extends { content: { 'application/json': infer Content } }
      ? Content
      : never
    : never
  : never;

/** The statuses of errors that an operation answers with. */
type ErrorStatus<Operation extends keyof operations> = Exclude<
  keyof operations[Operation]['responses'] & number,
  200 | 201 | 204
>;

type Failure<Operation extends keyof operations> = Body<Operation, ErrorStatus<Operation>>;

declare const add: Body<'BooksController_add', 400>;
expectType<
  | 'BAD_REQUEST'
  | 'INVALID_BOOK'
  | 'INVALID_PARAMETER'
  | 'LIMIT_EXCEEDED'
  | 'MISSING_PARAMETER'
  | 'OUT_OF_RANGE'
>()(add.code);

declare const borrow: Body<'LoansController_borrow', 403>;
expectType<'ACCESS_DENIED' | 'FORBIDDEN' | 'LIMIT_EXCEEDED' | 'OUT_OF_RANGE'>()(borrow.code);

declare const gone: paths['/books/{isbn}']['get']['responses'][410]['content']['application/json'];
expectType<'DELETED'>()(gone.code);
expectType<string>()(gone.description);

export function narrowed(error: Failure<'BooksController_find'>): string {
  // @ts-expect-error -- this operation has no such error
  if (error.code === 'LOAN_NOT_EXIST') {
    return 'no loan';
  }
  switch (error.code) {
    case 'BOOK_NOT_EXIST':
      expectType<'BOOK_NOT_EXIST'>()(error.code);
      return 'no book';
    case 'DELETED':
      return 'withdrawn';
    case 'UNAUTHORIZED':
    case 'FORBIDDEN':
      return 'log in';
    case 'BAD_REQUEST':
    case 'INVALID_PARAMETER':
      return 'mend the request';
    case 'INTERNAL_SERVER_ERROR':
    case 'SERVICE_UNAVAILABLE':
      return 'come back';
    default:
      // Every other code has its case
      return error satisfies never;
  }
}

export async function read(response: Response): Promise<string> {
  const error = await readError<Failure<'LoansController_giveBack'>>(response);
  if (error && isApiError(error, 'LOAN_NOT_EXIST')) {
    expectType<'LOAN_NOT_EXIST'>()(error.code);
    return error.description;
  }
  // @ts-expect-error -- this operation has no such error
  return error && isApiError(error, 'BOOK_NOT_EXIST') ? 'no book' : '';
}
