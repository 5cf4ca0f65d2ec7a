import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { defineEntry } from '../catalogue/defined-entries.js';
import { toDescription } from '../catalogue/description.js';
import { assertErrorCode, type ErrorCode, type ErrorStatus } from '../catalogue/error-code.js';
import { isErrorStatus } from '../catalogue/row-rule.js';
import type { ApiExceptionOptions } from './api-exception.options.js';
import { ApiException } from './api.exception.js';

/**
 * A class of exceptions with its catalogue row as statics, so that it can be listed, declared and
 * documented without being made.
 *
 * @publicApi
 */
export interface ApiExceptionClass<
  Status extends number = number,
  Code extends string = string,
> extends CatalogueEntry<Status, Code> {
  new (description?: string, options?: ApiExceptionOptions): ApiException<Status, Code>;
  new (options: ApiExceptionOptions): ApiException<Status, Code>;
  readonly prototype: ApiException<Status, Code>;
}

/**
 * Anything that stands for a catalogue row as a class does, whatever its constructor takes.
 *
 * @publicApi
 */
// oxlint-disable-next-line typescript/no-explicit-any -- constructors differ in what they take
export type AnyApiExceptionClass = CatalogueEntry & (abstract new (...args: any[]) => ApiException);

/**
 * Defines a row of the application's own catalogue, and the class that makes it.
 *
 * @example
 * ```ts
 * export class LoanOverdueException extends defineException({
 *   code: 'LOAN_OVERDUE', status: 403, description: 'The member has an overdue loan.',
 * }) {}
 * throw new LoanOverdueException();
 * ```
 * @throws TypeError where the code is not UPPER_SNAKE_CASE, the status is not an error status (400
 * to 599), the description is empty or `retryable` is anything but `true`.
 * @publicApi
 */
export function defineException<const Status extends number, const Code extends string>(
  entry: CatalogueEntry<Status & ErrorStatus<Status>, Code & ErrorCode<Code>>,
): ApiExceptionClass<Status, Code> {
  assertErrorCode(entry.code);
  const { status }: CatalogueEntry = entry;
  if (!isErrorStatus(status)) {
    throw new TypeError(
      `${entry.code}: an error's status is a whole number from 400 to 599; got ${String(status)}.`,
    );
  }
  if (toDescription(entry.description) === undefined) {
    throw new TypeError(`${entry.code}: a description is a sentence for people; it is empty.`);
  }
  if (![undefined, true].includes(entry.retryable)) {
    throw new TypeError(`${entry.code}: retryable is true, or is left out.`);
  }
  defineEntry(entry);
  return exceptionClass(entry);
}

/** The class of a row, without making the row known to catalogues. @internal */
export function exceptionClass<Status extends number, Code extends string>(
  entry: CatalogueEntry<Status, Code>,
): ApiExceptionClass<Status, Code> {
  const { status, code, description, retryable } = entry;
  return class extends ApiException<Status, Code> {
    static readonly status = status;
    static readonly code = code;
    static readonly description = description;
    static readonly retryable = retryable;

    constructor(
      descriptionOrOptions?: string | ApiExceptionOptions,
      options?: ApiExceptionOptions,
    ) {
      super(entry, descriptionOrOptions, options);
    }
  };
}
