import { isApiError, readError } from 'nestjs-api-errors/client';

/** What a page says of a book that it could not read. */
export async function explain(url: string): Promise<string> {
  const response = await fetch(url);
  const error = await readError(response);
  if (isApiError(error, 'BOOK_NOT_EXIST')) {
    return `There is no such book (${error.requestId}).`;
  }
  return error?.description ?? 'Found.';
}
