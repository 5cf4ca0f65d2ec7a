import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import type { ApiException } from '../exceptions/api.exception.js';

const MAX_CAUSES = 10;
const MAX_TEXT = 10_000;

/**
 * Writes what was thrown to the log: a 5xx at error, with stacks and the whole chain of causes, any
 * other at debug.
 *
 * @internal
 */
export class ExceptionLogger {
  readonly #logger = new Logger('ErrorsModule');

  log(exception: ApiException, thrown: unknown, request: string): void {
    const status = exception.getStatus();
    const line = `${request} → ${status} ${exception.code}`;
    if (status >= 500) {
      this.#logger.error(`${line}: ${exception.message}`, causes(thrown));
    } else if (Logger.isLevelEnabled('debug')) {
      this.#logger.debug(`${line}: ${exception.message}`);
    }
  }
}

/** What was thrown and what caused it: stacks of errors, an inspection of anything else. */
function causes(thrown: unknown): string {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  let current = thrown;
  while (texts.length < MAX_CAUSES && !seen.has(current)) {
    seen.add(current);
    texts.push(describe(current));
    current = current instanceof Error ? current.cause : undefined;
    if (current === undefined) {
      break;
    }
  }
  return texts.join('\nCaused by: ');
}

/** The own properties of errors stay out: clients keep headers, bodies and queries in theirs. */
function describe(thrown: unknown): string {
  const text =
    thrown instanceof Error
      ? (thrown.stack ?? `${thrown.name}: ${thrown.message}`)
      : `thrown: ${inspect(thrown, { depth: 2, breakLength: Infinity })}`;
  return text.slice(0, MAX_TEXT);
}
