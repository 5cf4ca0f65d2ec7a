import {
  type ApiError,
  type ApiErrorOf,
  type Challenge,
  isApiError,
  parseChallenges,
  readError,
} from 'nestjs-api-errors/client';
import { expectType } from './expect.js';

/** As a generator writes the errors of one operation. */
type Documented =
  | { code: 'BOOK_NOT_EXIST'; description: string }
  | { code: 'DELETED' | 'UNAUTHORIZED'; description: string };

export async function plain(response: Response): Promise<void> {
  const error = await readError(response);
  expectType<ApiError | undefined>()(error);
  if (error) {
    expectType<string>()(error.code);
    expectType<number | undefined>()(error.retryAfter);
    expectType<readonly Challenge[]>()(error.challenges);
  }
}

export async function documented(response: Response): Promise<string> {
  const error = await readError<Documented>(response);
  expectType<ApiErrorOf<Documented> | undefined>()(error);
  if (!error) {
    return 'no error of this API';
  }
  expectType<'BOOK_NOT_EXIST' | 'DELETED' | 'UNAUTHORIZED'>()(error.code);
  if (isApiError(error, 'BOOK_NOT_EXIST')) {
    expectType<'BOOK_NOT_EXIST'>()(error.code);
    return 'gone';
  }
  // @ts-expect-error -- this operation has no such error
  isApiError(error, 'LOAN_NOT_EXIST');
  switch (error.code) {
    case 'DELETED':
      return 'withdrawn';
    case 'UNAUTHORIZED':
      return 'log in';
    default:
      // Every other code has its case
      return error satisfies never;
  }
}

export function caught(thrown: unknown): void {
  if (isApiError(thrown)) {
    expectType<string>()(thrown.code);
  }
  if (isApiError(thrown, 'BOOK_NOT_EXIST', 'DELETED')) {
    expectType<'BOOK_NOT_EXIST' | 'DELETED'>()(thrown.code);
    expectType<number>()(thrown.status);
  }
}

expectType<Challenge[]>()(parseChallenges('Bearer realm="a"'));
// @ts-expect-error -- an error's body has a code
void readError<{ message: string }>(new Response());
