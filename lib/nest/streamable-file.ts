import { StreamableFile } from '@nestjs/common';

/** Name of the error handler that a StreamableFile has until it is given another. */
const DEFAULT_NAME = new StreamableFile(Buffer.alloc(0)).errorHandler?.name;

/** Whether a file says which error handler it has. @internal */
export const canTellErrorHandlers = DEFAULT_NAME !== undefined;

/**
 * Whether what becomes of a file's errors is left to Nest. Where that cannot be told, it is not: a
 * handler of the application's own is never replaced.
 *
 * @internal
 */
export function hasDefaultErrorHandler(file: StreamableFile): boolean {
  return canTellErrorHandlers && file.errorHandler?.name === DEFAULT_NAME;
}
