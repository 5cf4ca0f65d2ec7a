import type { ApiError, ApiErrorBody, ApiErrorOf } from '../api-error.js';
import { toldError } from '../told-error.js';

/**
 * An error of a GraphQL response. Its `requestId` is there where bodies have it.
 *
 * @typeParam Error - the errors that there may be
 * @publicApi
 */
export type GraphqlApiError<Error extends ApiError = ApiError> = Error & {
  /** Where in the data the field is that failed: `['books', 0, 'author']`. */
  readonly path: readonly (string | number)[];
};

/**
 * Reads the errors of the contract from what a GraphQL client has: a response, its `errors`, or what
 * the client throws. Knows that of @apollo/client, urql and graphql-request, and of graphql-ws.
 *
 * Never throws. GraphQL's own errors, of syntax for instance, have no status and are left out.
 *
 * @typeParam Body - the bodies that the API may answer with
 * @example
 * ```ts
 * const { data, errors } = await client.query(…);
 * for (const error of readGraphqlErrors({ errors })) {
 *   error.code;        // 'BOOK_NOT_EXIST'
 *   error.path;        // ['book']
 * }
 * ```
 * @publicApi
 */
export function readGraphqlErrors<Body extends ApiErrorBody = ApiErrorBody>(
  from: unknown,
): GraphqlApiError<ApiErrorOf<Body>>[] {
  try {
    return errorsOf(from).flatMap((error) => {
      const { message: description, extensions, path } = Object(error) as Sent;
      const told = toldError({ ...extensions, description });
      return told ? [{ ...told, path: Array.isArray(path) ? path : [] }] : [];
    }) as readonly object[] as GraphqlApiError<ApiErrorOf<Body>>[];
  } catch {
    // What cannot be read has none
    return [];
  }
}

interface Sent {
  readonly message?: unknown;
  readonly extensions?: object;
  readonly path?: (string | number)[];
}

function errorsOf(from: unknown): readonly unknown[] {
  if (Array.isArray(from)) {
    return from;
  }
  const { errors, graphQLErrors, error, response, bodyText } = Object(from) as Record<
    string,
    unknown
  >;
  const found = [errors, graphQLErrors].find((list) => Array.isArray(list));
  if (found) {
    return found as unknown[];
  }
  if (typeof bodyText === 'string') {
    // What @apollo/client throws of an answer that is not 2xx
    return errorsOf(JSON.parse(bodyText));
  }
  const inner = error ?? response;
  return typeof inner === 'object' && inner !== null ? errorsOf(inner) : [];
}
