export {
  type ConstraintError,
  type ConstraintErrors,
  type DatabaseErrorsOptions,
} from '../databases/database-errors.options.js';
export { type DatabaseErrors, databaseErrors } from '../databases/database-errors.js';
export { jsonWebTokenErrors } from '../tokens/json-web-token-errors.js';
export { upstreamErrors } from '../upstream/upstream-errors.js';
export type { ExceptionOfCause, UpstreamOptions } from '../upstream/upstream.options.js';
