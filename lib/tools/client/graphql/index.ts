export type { ApiError, ApiErrorBody, ApiErrorFailure, ApiErrorOf } from '../api-error.js';
export type { Challenge } from '../../../contract/challenge/challenge.js';
export { type GraphqlApiError, readGraphqlErrors } from './read-graphql-errors.js';
