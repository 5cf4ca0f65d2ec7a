import { contractRows as rows } from '../catalogue/contract-rows.js';
import type { Challenge } from '../challenge/challenge.js';
import type { ApiExceptionOptions } from './api-exception.options.js';
import { ApiException } from './api.exception.js';

/**
 * Refusals of RFC 6750 §3.1. The challenge is data; the filter adds the realm and writes it.
 */
function bearerChallenge(params: Record<string, string>): Challenge {
  return { scheme: 'Bearer', params };
}

/** What a bearer exception takes: everything but the challenges, which are its own. @publicApi */
export type BearerExceptionOptions = Omit<ApiExceptionOptions, 'challenges'>;

/**
 * 400 BAD_REQUEST with `Bearer error="invalid_request"`: the credentials themselves are malformed,
 * or were sent more than once (RFC 6750 §3.1).
 *
 * @publicApi
 */
export class InvalidRequestException extends ApiException<400, 'BAD_REQUEST'> {
  static readonly status = rows.badRequest.status;
  static readonly code = rows.badRequest.code;
  static readonly description = 'The credentials of the request cannot be used as they were sent.';

  constructor(description = InvalidRequestException.description, options?: BearerExceptionOptions) {
    super(rows.badRequest, description, {
      ...options,
      challenges: [bearerChallenge({ error: 'invalid_request', error_description: description })],
    });
  }
}

/**
 * 401 UNAUTHORIZED with `Bearer error="invalid_token"`: a token was sent and refused, being
 * expired, revoked, malformed or not meant for this API (RFC 6750 §3.1). What a `TokenVerifier`
 * throws; keep the reason in `cause`, which goes to the log alone.
 *
 * @publicApi
 */
export class InvalidTokenException extends ApiException<401, 'UNAUTHORIZED'> {
  static readonly status = rows.unauthorized.status;
  static readonly code = rows.unauthorized.code;
  static readonly description = 'The access token is not valid.';

  constructor(description = InvalidTokenException.description, options?: BearerExceptionOptions) {
    super(rows.unauthorized, description, {
      ...options,
      challenges: [bearerChallenge({ error: 'invalid_token', error_description: description })],
    });
  }
}

/**
 * 403 FORBIDDEN with `Bearer error="insufficient_scope", scope="…"`: the token is good, a scope is
 * missing (RFC 6750 §3.1).
 *
 * @publicApi
 */
export class InsufficientScopeException extends ApiException<403, 'FORBIDDEN'> {
  static readonly status = rows.forbidden.status;
  static readonly code = rows.forbidden.code;
  static readonly description = 'The access token does not have the scope that this request needs.';

  /** Scopes that the request needs, all of them, in declared order. */
  readonly scopes: readonly string[];

  /** @param scopes - the scopes that the request needs */
  constructor(
    scopes: readonly string[],
    description = InsufficientScopeException.description,
    options?: BearerExceptionOptions,
  ) {
    super(rows.forbidden, description, {
      ...options,
      challenges: [
        bearerChallenge({
          error: 'insufficient_scope',
          error_description: description,
          scope: scopes.join(' '),
        }),
      ],
    });
    this.scopes = scopes;
  }
}
