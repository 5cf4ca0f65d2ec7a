import type { INestApplication } from '@nestjs/common';
import { checkCatalogue, errorCoverage } from 'nestjs-api-errors/testing';

export async function askForABook(app: INestApplication, url: string): Promise<string> {
  const coverage = errorCoverage(app);
  await expect(await fetch(`${url}/books/2`)).toBeApiError('BOOK_NOT_EXIST', { status: 404 });
  checkCatalogue(app);
  return coverage.table();
}
