import { defineException } from 'nestjs-api-errors';

export class ShelfBusyException extends defineException({
  code: 'SHELF_BUSY',
  status: 409,
  description: 'Somebody else changes the shelf.',
  retryable: true,
}) {}
