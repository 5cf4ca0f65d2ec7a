import type { ApiError } from './api-error.js';

type CodeOf<Value> = Value extends { readonly code: infer Code extends string } ? Code : never;

/**
 * The codes to choose from: those of the errors that `Value` may be, any where it says nothing.
 *
 * @internal
 */
export type CodeChoice<Value> = [CodeOf<Value>] extends [never] ? string : CodeOf<Value>;

/**
 * Whether a value, a caught one for instance, is an error of {@link readError}, with one of these
 * codes where any are named.
 *
 * @example
 * ```ts
 * if (isApiError(error, 'BOOK_NOT_EXIST', 'DELETED')) {
 *   error.code; // 'BOOK_NOT_EXIST' | 'DELETED'
 * }
 * ```
 * @publicApi
 */
export function isApiError<Value, const Code extends CodeChoice<Value>>(
  value: Value,
  ...codes: readonly Code[]
): value is Value & ApiError<Code> {
  const error = value as Partial<ApiError> | null | undefined;
  return (
    typeof error?.status === 'number' &&
    typeof error.code === 'string' &&
    typeof error.description === 'string' &&
    Array.isArray(error.challenges) &&
    (codes.length === 0 || (codes as readonly string[]).includes(error.code))
  );
}
