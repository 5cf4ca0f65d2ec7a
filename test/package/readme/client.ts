import { isApiError, readError } from 'nestjs-api-errors/client';

export async function explain(url: string): Promise<string> {
  const error = await readError(await fetch(url));
  if (isApiError(error, 'BOOK_NOT_EXIST')) {
    return `There is no such book (${error.requestId}).`;
  }
  return error?.description ?? 'Found.';
}
