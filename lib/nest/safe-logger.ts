import { Logger } from '@nestjs/common';
import { printable } from '../contract/text/printable.js';

const MAX_LENGTH = 2000;

/**
 * A logger that never throws: what fails while an error is answered must not cost the answer.
 *
 * @internal
 */
export class SafeLogger {
  readonly #logger = new Logger('ErrorsModule');

  /** @param error - what failed, which may be anything at all */
  error(message: string, error: unknown): void {
    try {
      this.#logger.error(printable(`${message}: ${String(error)}`, MAX_LENGTH));
    } catch {
      // A logger that throws has nowhere to be logged, nor has a value that cannot be shown
    }
  }

  warn(message: string): void {
    try {
      this.#logger.warn(printable(message, MAX_LENGTH));
    } catch {
      // As above
    }
  }
}
