import './register.js';

export { checkCatalogue } from './check-catalogue.js';
export { checkConstraints, type ConstraintCheckOptions } from './constraints/check-constraints.js';
export type { ConstraintQuery } from './constraints/database-constraint.js';
export type { DeclaredAnswer } from '../coverage/coverage.data.js';
export { type ErrorCoverage, errorCoverage } from './error-coverage.js';
export type { ExpectedParams } from './expected-challenge.js';
export type { ExpectedApiError } from './expected-error.js';
export type { ApiErrorMatchers } from './jest.types.js';
export { apiErrorMatchers } from './matchers.js';
export type { FetchResponse, InjectResponse, SupertestResponse } from './response.js';
