import { Logger, type LogLevel } from '@nestjs/common';
import { SafeLogger } from '../../nest/safe-logger.js';
import type { ErrorObserver, ErrorReport } from './error-observer.js';
import { LogEntry } from './log-entry.js';
import { type LogPolicy, logLevel } from './log.policy.js';
import { tellActiveSpan } from './opentelemetry.observer.js';

/**
 * Tells of errors, once they are answered: the log, the active span, then the application's observer.
 * Never throws.
 *
 * @internal
 */
export class ErrorReporter {
  readonly #logger = new Logger('ErrorsModule');
  readonly #failures = new SafeLogger();
  readonly #policy: LogPolicy | false;
  readonly #observers: readonly ErrorObserver[];

  constructor(policy: LogPolicy | false, observer: ErrorObserver | undefined) {
    this.#policy = policy;
    this.#observers = observer ? [tellActiveSpan, observer] : [tellActiveSpan];
  }

  /** @param isForeign - whether a mapper made the exception of another library's error */
  report(report: ErrorReport, isForeign: boolean): void {
    const level = logLevel(this.#policy, report);
    if (level !== false) {
      this.#log(level, new LogEntry(report, isForeign));
    }
    for (const observer of this.#observers) {
      this.#tell(observer, report);
    }
  }

  #log(level: LogLevel, entry: LogEntry): void {
    try {
      this.#logger[level](entry);
    } catch {
      try {
        // A logger of the application's own may know texts alone
        this.#logger[level](String(entry));
      } catch {
        // A logger that throws has nowhere to be logged
      }
    }
  }

  #tell(observer: ErrorObserver, report: ErrorReport): void {
    const failed = (error: unknown) => this.#failures.error('onError failed', error);
    try {
      const told = observer(report);
      if (told) {
        Promise.resolve(told).catch(failed);
      }
    } catch (error) {
      failed(error);
    }
  }
}
