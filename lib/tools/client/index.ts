export type { Challenge } from '../../contract/challenge/challenge.js';
export { parseChallenges } from '../../contract/challenge/challenge.parser.js';
export type { ApiError, ApiErrorBody, ApiErrorFailure, ApiErrorOf } from './api-error.js';
export { fetchWithRetries } from './fetch-with-retries.js';
export { isApiError } from './is-api-error.js';
export { isRetryable } from './is-retryable.js';
export { type AxiosAnswer, readError } from './read-error.js';
export type { RetryOptions } from './retry.options.js';
