import type { Challenge } from '../../contract/challenge/challenge.js';

/**
 * The body of an error as an OpenAPI document types it: one code, a union of codes, or a union of
 * such bodies.
 *
 * @publicApi
 */
export interface ApiErrorBody {
  readonly code: string;
  readonly description: string;
}

/** One failed parameter, from an API that lists them (`body: { failures: true }`). @publicApi */
export interface ApiErrorFailure {
  /** Path of the parameter: `title`, `items[2].price`. */
  readonly parameter: string;
  /** Where the parameter was sent, where known: `body`, `query` or `path`. */
  readonly in?: string;
  /** Name of the failed rule. */
  readonly rule: string;
  /** The limits of a bound or a size, where the API says them: `{ min: 1 }`. */
  readonly limits?: Readonly<Record<string, number | string>>;
  /** What the rule demands, for people. */
  readonly description: string;
}

/**
 * An error that an API answered with.
 *
 * @typeParam Code - the code, or the codes that it may have
 * @publicApi
 */
export interface ApiError<Code extends string = string> {
  /** HTTP status code of the response. */
  readonly status: number;
  /** Stable code for programs. */
  readonly code: Code;
  /** Sentence for people. */
  readonly description: string;
  /** Challenges of `WWW-Authenticate`; empty where there are none, or CORS hides the header. */
  readonly challenges: readonly Challenge[];
  /** `Retry-After` in seconds from when the response was made, never negative. */
  readonly retryAfter: number | undefined;
  /** Id under which the API logged the request: `requestId` of the body, else `X-Request-Id`. */
  readonly requestId: string | undefined;
  /** The failed parameters, from an API that lists them. */
  readonly failures: readonly ApiErrorFailure[] | undefined;
}

/** The errors of a union of bodies, one {@link ApiError} per code. @publicApi */
export type ApiErrorOf<Body extends ApiErrorBody> = ApiErrorWith<Body['code']>;

type ApiErrorWith<Code extends string> = Code extends unknown ? ApiError<Code> : never;
