import { HttpException } from '@nestjs/common';
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { toDescription } from '../catalogue/description.js';
import type { Challenge } from '../challenge/challenge.js';
import type { ApiExceptionOptions, ParameterFailure } from './api-exception.options.js';
import { suspendStackTraces } from './stack-traces.js';

const NO_OPTIONS: ApiExceptionOptions = Object.freeze({});
/** What every copy of this library knows an exception of another one by. */
const BRAND = Symbol.for('nestjs-api-errors:exception');
/** When to try again after an error of a row that says so, in seconds. */
const RETRY_AFTER = 1;
const NO_CHALLENGES: readonly Challenge[] = Object.freeze([]);

/**
 * An error of the catalogue, thrown. Every exception of this library extends it; the classes of
 * {@link defineException} are how an application makes its own.
 *
 * A 4xx has no stack trace: it is an answer to the caller, not a fault to be debugged, and taking a
 * trace is most of what such an exception would cost. A 5xx always has one.
 *
 * @publicApi
 */
export class ApiException<
  Status extends number = number,
  Code extends string = string,
> extends HttpException {
  /** The catalogue's code. */
  readonly code: Code;
  /**
   * What the caller reads. Of a 5xx the catalogue's description, unless made with `expose: true`;
   * `message` keeps what was thrown, for the log.
   */
  readonly description: string;
  /** Whether the description was given where this was thrown; else it is the row's own. */
  readonly isDescriptionGiven: boolean;
  /** Response headers of the answer. */
  readonly headers: ApiExceptionOptions['headers'];
  /** `Retry-After` of the answer: seconds, or a date. */
  readonly retryAfter: number | Date | undefined;
  /** The failed parameters. */
  readonly failures: readonly ParameterFailure[] | undefined;
  /** Further members of the answer's body. */
  readonly members: ApiExceptionOptions['members'];
  /** Challenges of the answer's `WWW-Authenticate` header. */
  readonly challenges: readonly Challenge[];

  /**
   * @param entry - the catalogue row
   * @param descriptionOrOptions - description in place of the row's own, or the options
   * @param options - see {@link ApiExceptionOptions}
   */
  constructor(
    entry: CatalogueEntry<Status, Code>,
    descriptionOrOptions?: string | ApiExceptionOptions,
    options?: ApiExceptionOptions,
  ) {
    const described = typeof descriptionOrOptions === 'string';
    const own = (described ? options : (descriptionOrOptions ?? options)) ?? NO_OPTIONS;
    const message = described ? descriptionOrOptions : entry.description;
    const { cause } = own;
    const restore = entry.status < 500 ? suspendStackTraces() : undefined;
    try {
      // What Nest's own exceptions have there, and drivers of other transports look at
      const response = { statusCode: entry.status, message };
      super(response, entry.status, cause === undefined ? undefined : { cause });
    } finally {
      restore?.();
    }
    this.code = entry.code;
    const shown =
      described && (entry.status < 500 || own.expose === true) ? toDescription(message) : undefined;
    this.isDescriptionGiven = shown !== undefined;
    this.description = shown ?? entry.description;
    this.headers = own.headers;
    this.retryAfter = own.retryAfter ?? (entry.retryable ? RETRY_AFTER : undefined);
    this.failures = own.failures;
    this.members = own.members;
    this.challenges = own.challenges ?? NO_CHALLENGES;
  }

  /** @returns the HTTP status code of the answer. */
  override getStatus(): Status {
    return super.getStatus() as Status;
  }

  /** @returns the body of the contract, also where no `ErrorsModule` is imported. */
  override getResponse(): { code: Code; description: string } {
    return { code: this.code, description: this.description };
  }
}

Object.defineProperty(ApiException.prototype, BRAND, { value: true });

/** Whether something is an exception of this library, of whichever copy of it. @internal */
export function isApiException(value: unknown): value is ApiException {
  return (
    value instanceof ApiException || (typeof value === 'object' && value !== null && BRAND in value)
  );
}
