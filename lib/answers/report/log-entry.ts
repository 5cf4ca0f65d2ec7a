import { inspect } from 'node:util';
import { isError } from '../../contract/exceptions/is-error.js';
import { printable } from '../../contract/text/printable.js';
import type { ErrorReport } from './error-observer.js';
import { LoggedError } from './logged-error.js';

const MAX_NAME = 128;
const MAX_ROUTE = 500;
const MAX_MESSAGE = 2000;

/**
 * What the log gets of an error: fields for a structured logger, a readable text for one that prints.
 * Of what came from outside it has no more than a bounded, printable text.
 *
 * @internal
 */
export class LogEntry {
  /** On one line, under the name that pino has for it. */
  readonly msg: string;
  readonly status: number;
  readonly code: string;
  readonly method: string;
  readonly route: string | undefined;
  readonly requestId: string;
  /**
   * What was thrown, with its causes: of a 5xx, and of another library's error that a mapper made a 4xx
   * of, with nothing of its text. A 4xx that was thrown is no fault.
   */
  readonly err: LoggedError | undefined;

  /** @param isForeign - whether a mapper made the exception of another library's error */
  constructor(report: ErrorReport, isForeign: boolean) {
    const { status, code, request, thrown } = report;
    const { route } = request;
    this.status = status;
    this.code = printable(code, MAX_NAME);
    this.method = printable(request.method, MAX_NAME);
    this.route = route === undefined ? undefined : printable(route, MAX_ROUTE);
    this.requestId = printable(request.id, MAX_NAME);
    this.msg = this.#line(report);
    this.err = status >= 500 || isForeign ? LoggedError.of(thrown) : undefined;
  }

  /** As loggers have it that know no `msg`. */
  get message(): string {
    return this.msg;
  }

  toString(): string {
    return this.err ? `${this.msg}\n${String(this.err)}` : this.msg;
  }

  /** How Nest's console logger prints it, and `console.log()`. */
  [inspect.custom](): string {
    return this.toString();
  }

  #line(report: ErrorReport): string {
    const { method, route = '(no route)', status, code, requestId } = this;
    return `${method} ${route} ${status} ${code}: ${saying(report)} [${requestId}]`;
  }
}

/** With the reason behind an answer of this library's own, such as why a token was refused. */
function saying({ exception, thrown }: ErrorReport): string {
  const message = messageOf(exception);
  const reason = exception === thrown ? messageOf(exception.cause) : '';
  return reason === '' ? message : `${message} (${reason})`;
}

function messageOf(error: unknown): string {
  try {
    return isError(error) ? printable(error.message, MAX_MESSAGE) : '';
  } catch {
    // One that cannot be read has none
    return '';
  }
}
