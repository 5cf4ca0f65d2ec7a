import type { Challenge } from '../challenge/challenge.js';

/**
 * One failed rule of one parameter, as `body: { failures: true }` lists them. The value that was
 * sent is never part of it.
 *
 * @publicApi
 */
export interface ParameterFailure {
  /** Path of the parameter: `title`, `items[2].price`. */
  readonly parameter: string;
  /** Where the parameter was sent, where known. */
  readonly in?: 'body' | 'query' | 'path';
  /**
   * Name of the failed rule, as class-validator names it: `isInt`, `maxLength`, `isDefined`; `custom`
   * for one of a schema's that it has no name for.
   */
  readonly rule: string;
  /** The limits of a bound or a size, where the validator says them: `{ min: 1 }`. */
  readonly limits?: FailureLimits;
  /** What the rule demands, for people. */
  readonly description: string;
}

/**
 * Limits of a value or of a size, in characters or elements; a date as its ISO 8601 text, an integer
 * that no number holds as text.
 *
 * @publicApi
 */
export interface FailureLimits {
  /** The least that is allowed. */
  readonly min?: number | string;
  /** The most that is allowed. */
  readonly max?: number | string;
  /** What has to be exceeded. */
  readonly exclusiveMin?: number | string;
  /** What must not be reached. */
  readonly exclusiveMax?: number | string;
}

/** Members of a body beside those of the contract. @internal */
export type Members = Readonly<Record<string, unknown>>;

/** What an exception may carry beside its description. @publicApi */
export interface ApiExceptionOptions {
  /** The error behind this one. Goes to the log, never to the caller. */
  readonly cause?: unknown;
  /** Response headers. One that is not valid HTTP is dropped and logged. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** `Retry-After` (RFC 9110 §10.2.3): seconds from now, or a date. */
  readonly retryAfter?: number | Date;
  /** The failed parameters, in the answer where `body: { failures: true }` is on. */
  readonly failures?: readonly ParameterFailure[];
  /** Further members of the body, beside `code` and `description`: JSON for anybody to see. */
  readonly members?: Members;
  /** Challenges of the `WWW-Authenticate` header, a header line each (RFC 9110 §11.6.1). */
  readonly challenges?: readonly Challenge[];
  /**
   * Whether a 5xx shows its own description instead of the catalogue's. A 4xx always does.
   *
   * @defaultValue `false`
   */
  readonly expose?: boolean;
}
