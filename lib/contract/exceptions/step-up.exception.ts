import { contractRows as rows } from '../catalogue/contract-rows.js';
import { type BearerExceptionOptions, refusalClass } from './refusal-class.js';

/** How a person has to have logged in, and when. @publicApi */
export interface AuthenticationRequirement {
  /**
   * Authentication contexts, of which the token's `acr` has to be one, the preferred one first
   * (RFC 9470 §4, OpenID Connect Core 1.0 §3.1.2.1).
   */
  readonly acrValues?: readonly string[];
  /** Seconds that may have passed since the login that the token's `auth_time` names. */
  readonly maxAge?: number;
}

/**
 * 401 UNAUTHORIZED with `error="insufficient_user_authentication"`, `acr_values` and `max_age`: the
 * token is good, and the person has to log in again or in a stronger way (RFC 9470 §3).
 *
 * @publicApi
 */
export class InsufficientUserAuthenticationException extends refusalClass(
  rows.unauthorized,
  'This request needs a more recent or a stronger login.',
  { scheme: 'Bearer', error: 'insufficient_user_authentication' },
) {
  /** What the request needs. */
  readonly requirement: AuthenticationRequirement;

  /** @param requirement - what the request needs */
  constructor(
    requirement: AuthenticationRequirement,
    descriptionOrOptions?: string | BearerExceptionOptions,
    options?: BearerExceptionOptions,
  ) {
    const { acrValues, maxAge } = requirement;
    const params = {
      ...(acrValues && { acr_values: acrValues.join(' ') }),
      ...(maxAge !== undefined && { max_age: String(maxAge) }),
    };
    super(descriptionOrOptions, options, { params });
    this.requirement = requirement;
  }
}
