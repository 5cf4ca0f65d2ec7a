import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ResourceNotExistException, Throws } from 'nestjs-api-errors';
import { readError } from 'nestjs-api-errors/client';

/** Where the API of the books is. */
export const CATALOGUE_URL = Symbol('catalogue url');

@Controller('orders')
export class OrdersController {
  constructor(@Inject(CATALOGUE_URL) private readonly catalogue: string) {}

  @Get(':isbn')
  @Throws(ResourceNotExistException.for('BOOK'))
  async find(@Param('isbn') isbn: string) {
    const response = await fetch(`${this.catalogue}/books/${encodeURIComponent(isbn)}`);
    if (!response.ok) {
      throw (await readError(response)) ?? response;
    }
    return (await response.json()) as unknown;
  }
}
