import type { ValidationPipeOptions } from '@nestjs/common';

/**
 * What a caller may send: `ErrorsModule.forRoot({ validation: … })`. The options of Nest's
 * `ValidationPipe`, whose failures this library turns into the catalogue's codes.
 *
 * @publicApi
 */
export interface ValidationOptions extends Omit<
  ValidationPipeOptions,
  'exceptionFactory' | 'errorHttpStatusCode' | 'errorFormat' | 'maxErrorMessagesLength'
> {
  /**
   * Answers every failure with this one code instead of telling missing, too large and out of range
   * apart.
   */
  readonly code?: 'INVALID_PARAMETER';
}
