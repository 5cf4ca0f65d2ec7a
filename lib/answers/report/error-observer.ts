import type { ApiException } from '../../contract/exceptions/api.exception.js';

/** What may be said of a request in a log: no header, body or query value. @publicApi */
export interface RequestContext {
  /** `X-Request-Id` or the trace id of `traceparent` where well-formed, else made. */
  readonly id: string;
  /** Of HTTP; MESSAGE, EVENT or GRPC of what a handler of messages threw. */
  readonly method: string;
  /**
   * Pattern of the matched route, `/books/:isbn`, or of a message, `books.find`; `undefined` where none
   * matched.
   */
  readonly route: string | undefined;
}

/**
 * An error that was answered, or that cut an answer short, for metrics and error trackers.
 *
 * @publicApi
 */
export interface ErrorReport {
  /** What the caller was answered with. */
  readonly exception: ApiException;
  /** What was thrown, before it was mapped. */
  readonly thrown: unknown;
  /** Status of the answer. */
  readonly status: number;
  /** Code of the answer. */
  readonly code: string;
  readonly request: RequestContext;
}

/**
 * Told of every error, once its answer is written: `ErrorsModule.forRoot({ onError })`. What it
 * throws or rejects with is logged and harms no answer.
 *
 * @publicApi
 */
export type ErrorObserver = (report: ErrorReport) => void | Promise<void>;
