export type { Challenge } from '../challenge/challenge.js';
export { parseChallenges } from '../challenge/challenge.parser.js';
export type { ApiError, ApiErrorBody, ApiErrorFailure, ApiErrorOf } from './api-error.js';
export { isApiError } from './is-api-error.js';
export { readError } from './read-error.js';
