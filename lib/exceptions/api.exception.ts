import { HttpException } from '@nestjs/common';
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { toDescription } from '../catalogue/description.js';
import type { Challenge } from '../challenge/challenge.js';
import type { ApiExceptionOptions, ParameterFailure } from './api-exception.options.js';
import { suspendStackTraces } from './stack-traces.js';

const NO_OPTIONS: ApiExceptionOptions = Object.freeze({});
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
  /** Response headers of the answer. */
  readonly headers: ApiExceptionOptions['headers'];
  /** `Retry-After` of the answer: seconds, or a date. */
  readonly retryAfter: number | Date | undefined;
  /** The failed parameters. */
  readonly failures: readonly ParameterFailure[] | undefined;
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
    const restore = entry.status < 500 ? suspendStackTraces() : undefined;
    super(message, entry.status, own.cause === undefined ? undefined : { cause: own.cause });
    restore?.();
    this.code = entry.code;
    const shows = described && (entry.status < 500 || own.expose === true);
    this.description = (shows ? toDescription(message) : undefined) ?? entry.description;
    this.headers = own.headers;
    this.retryAfter = own.retryAfter;
    this.failures = own.failures;
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
