import type { ApiException } from '../exceptions/api.exception.js';
import type { RequestContext } from './request-context.js';

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
