/// <reference types="expect" />
import type { ExpectedParams } from './expected-challenge.js';
import type { ExpectedApiError } from './expected-error.js';
import type { FetchResponse } from './response.js';

/**
 * The matchers as `expect(response)` has them, of Jest's globals and of `@jest/globals`.
 *
 * @typeParam Result - what a matcher returns: nothing, or a promise after `.resolves`
 * @typeParam Response - of supertest, light-my-request or fetch
 * @publicApi
 */
export interface ApiErrorMatchers<Result, Response = unknown> {
  /**
   * That a response is an error of the contract: a status of 400 to 599, JSON, `code` and
   * `description`. The body of a fetch Response has to be read first, so that it is a promise then:
   * `await expect(response).toBeApiError('BOOK_NOT_EXIST', { status: 404 })`.
   *
   * @param code - the code it has; without one any will do
   */
  toBeApiError(
    code?: string,
    expected?: ExpectedApiError,
  ): Response extends FetchResponse ? Promise<void> : Result;

  /**
   * That one of the challenges of `WWW-Authenticate` has this error (RFC 6750 §3.1) and these params:
   * `expect(response).toCarryChallenge('insufficient_scope', { scope: ['books.write'] })`.
   *
   * @param error - `invalid_request`, `invalid_token`, `insufficient_scope`; without one any
   */
  toCarryChallenge(error?: string, params?: ExpectedParams): Result;
}

declare module 'expect' {
  // oxlint-disable-next-line typescript/no-empty-object-type -- merged with Jest's own
  interface Matchers<R extends void | Promise<void>, T = unknown> extends ApiErrorMatchers<R, T> {}
}

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- how Jest's types are augmented
  namespace jest {
    // oxlint-disable-next-line typescript/no-empty-object-type -- merged with Jest's own
    interface Matchers<R, T = {}> extends ApiErrorMatchers<R, T> {}
  }
}
