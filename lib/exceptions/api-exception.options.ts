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
  /** Name of the failed rule, as class-validator names it: `isInt`, `maxLength`, `isDefined`. */
  readonly rule: string;
  /** What the rule demands, for people. */
  readonly description: string;
}

/**
 * What an exception may carry beside its description.
 *
 * @publicApi
 */
export interface ApiExceptionOptions {
  /** The error behind this one. Goes to the log, never to the caller. */
  readonly cause?: unknown;
  /** Response headers. One that is not valid HTTP is dropped and logged. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** `Retry-After` (RFC 9110 §10.2.3): seconds from now, or a date. */
  readonly retryAfter?: number | Date;
  /** The failed parameters, in the answer where `body: { failures: true }` is on. */
  readonly failures?: readonly ParameterFailure[];
  /** Challenges of the `WWW-Authenticate` header, a header line each (RFC 9110 §11.6.1). */
  readonly challenges?: readonly Challenge[];
  /**
   * Whether a 5xx shows its own description instead of the catalogue's. A 4xx always does.
   *
   * @defaultValue `false`
   */
  readonly expose?: boolean;
}
