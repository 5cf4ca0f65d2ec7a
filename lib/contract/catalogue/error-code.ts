import type { Refused } from '../refused.js';

const UPPER_SNAKE_CASE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;
const MAX_LENGTH = 64;

/**
 * Whether `text` follows the grammar of error codes and resource names: UPPER_SNAKE_CASE, a letter
 * first, 64 characters at most.
 *
 * @publicApi
 */
export function isErrorCode(text: unknown): text is string {
  return typeof text === 'string' && text.length <= MAX_LENGTH && UPPER_SNAKE_CASE.test(text);
}

/** A literal that is no name is refused; of any other string the type system knows nothing. */
type UpperSnakeCase<Name extends string, Reason extends string> = string extends Name
  ? unknown
  : Name extends `${string}${'-' | ' ' | '.'}${string}`
    ? Refused<Reason>
    : Name extends Uppercase<Name>
      ? unknown
      : Refused<Reason>;

/** What the name of a resource has to be. @internal */
export type ResourceName<Name extends string> = UpperSnakeCase<
  Name,
  "A resource name is UPPER_SNAKE_CASE, such as 'BOOK'."
>;

/** What the code of an error has to be. @internal */
export type ErrorCode<Code extends string> = UpperSnakeCase<
  Code,
  "An error code is UPPER_SNAKE_CASE, such as 'LOAN_OVERDUE'."
>;

/** What the status of an error has to be. @internal */
export type ErrorStatus<Status extends number> = number extends Status
  ? unknown
  : `${Status}` extends `${4 | 5}${number}`
    ? unknown
    : Refused<"An error's status is from 400 to 599.">;

/**
 * @throws TypeError where `name` is not an UPPER_SNAKE_CASE name.
 * @internal
 */
export function assertResourceName(name: unknown): asserts name is string {
  if (!isErrorCode(name)) {
    throw new TypeError(
      `A resource name is UPPER_SNAKE_CASE, such as 'BOOK' or 'LIBRARY_CARD'; got ${quoted(name)}.`,
    );
  }
}

/**
 * @throws TypeError where `code` is not an UPPER_SNAKE_CASE code.
 * @internal
 */
export function assertErrorCode(code: unknown): asserts code is string {
  if (!isErrorCode(code)) {
    throw new TypeError(
      `An error code is UPPER_SNAKE_CASE, such as 'LOAN_OVERDUE'; got ${quoted(code)}.`,
    );
  }
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `'${value.slice(0, MAX_LENGTH)}'` : typeof value;
}
