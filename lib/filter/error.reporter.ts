import { inspect } from 'node:util';
import { Logger } from '@nestjs/common';
import { isError } from '../mapping/is-error.js';
import { SafeLogger } from '../mapping/safe-logger.js';
import type { ErrorObserver, ErrorReport } from './error.report.js';
import { type LogPolicy, logLevel } from './log.policy.js';

const MAX_CAUSES = 10;
const MAX_TEXT = 10_000;

/**
 * Tells of errors, once they are answered: the log, then the observers. Never throws.
 *
 * @internal
 */
export class ErrorReporter {
  readonly #logger = new Logger('ErrorsModule');
  readonly #failures = new SafeLogger();
  readonly #policy: LogPolicy;
  readonly #observers: readonly ErrorObserver[];

  constructor(policy: LogPolicy = {}, observers: readonly ErrorObserver[] = []) {
    this.#policy = policy;
    this.#observers = observers;
  }

  report(report: ErrorReport): void {
    try {
      this.#log(report);
    } catch {
      // A logger that throws has nowhere to be logged
    }
    for (const observer of this.#observers) {
      this.#tell(observer, report);
    }
  }

  #log(report: ErrorReport): void {
    const level = logLevel(this.#policy, report.status, report.code);
    if (level === false || !Logger.isLevelEnabled(level)) {
      return;
    }
    const line = describe(report);
    if (level === 'error' || level === 'fatal') {
      this.#logger[level](line, report.status >= 500 ? causes(report.thrown) : undefined);
    } else {
      this.#logger[level](line);
    }
  }

  #tell(observer: ErrorObserver, report: ErrorReport): void {
    const failed = (error: unknown) => this.#failures.error('onError failed', error);
    try {
      Promise.resolve(observer(report)).catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}

function describe({ request, status, code, exception, thrown }: ErrorReport): string {
  const { cause } = exception;
  // The reason behind an answer of this library's own, such as why a token was refused
  const reason = exception === thrown && isError(cause) ? ` (${cause.message})` : '';
  const route = request.route ?? '(no route)';
  return `${request.method} ${route} ${status} ${code}: ${exception.message}${reason} [${request.id}]`;
}

/** What was thrown and what caused it: stacks of errors, an inspection of anything else. */
function causes(thrown: unknown): string {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  for (let current = thrown; texts.length < MAX_CAUSES && !seen.has(current);) {
    seen.add(current);
    texts.push(trace(current));
    const cause: unknown = isError(current) ? current.cause : undefined;
    if (cause === undefined) {
      break;
    }
    current = cause;
  }
  return texts.join('\nCaused by: ');
}

/** The own properties of errors stay out: clients keep headers, bodies and queries in theirs. */
function trace(thrown: unknown): string {
  const text = isError(thrown)
    ? (thrown.stack ?? `${thrown.name}: ${thrown.message}`)
    : `thrown: ${inspect(thrown, { depth: 2, breakLength: Infinity })}`;
  return text.slice(0, MAX_TEXT);
}
