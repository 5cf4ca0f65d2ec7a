import { contractRows as rows } from '../catalogue/contract-rows.js';
import { type BearerExceptionOptions, refusalClass } from './refusal-class.js';

/**
 * 400 BAD_REQUEST with `Bearer error="invalid_request"`: the credentials themselves are malformed,
 * or were sent more than once (RFC 6750 §3.1).
 *
 * @publicApi
 */
export class InvalidRequestException extends refusalClass(
  rows.badRequest,
  'The credentials of the request cannot be used as they were sent.',
  { scheme: 'Bearer', error: 'invalid_request' },
) {}

/**
 * 401 UNAUTHORIZED with `Bearer error="invalid_token"`: a token was sent and refused, being
 * expired, revoked, malformed or not meant for this API (RFC 6750 §3.1). What a `TokenVerifier`
 * throws; keep the reason in `cause`, which goes to the log alone.
 *
 * @publicApi
 */
export class InvalidTokenException extends refusalClass(
  rows.unauthorized,
  'The access token is not valid.',
  { scheme: 'Bearer', error: 'invalid_token' },
) {}

/**
 * 403 FORBIDDEN with `Bearer error="insufficient_scope", scope="…"`: the token is good, a scope is
 * missing (RFC 6750 §3.1).
 *
 * @publicApi
 */
export class InsufficientScopeException extends refusalClass(
  rows.forbidden,
  'The access token does not have the scope that this request needs.',
  { scheme: 'Bearer', error: 'insufficient_scope' },
) {
  /** Scopes that the request needs, all of them, in declared order. */
  readonly scopes: readonly string[];

  /** @param scopes - the scopes that the request needs */
  constructor(
    scopes: readonly string[],
    descriptionOrOptions?: string | BearerExceptionOptions,
    options?: BearerExceptionOptions,
  ) {
    super(descriptionOrOptions, options, { params: { scope: scopes.join(' ') } });
    this.scopes = scopes;
  }
}
