import { neededScopes, type RouteAccess } from '../../access/guard/route-access.js';
import type { ApiException } from '../../contract/exceptions/api.exception.js';
import {
  InsufficientScopeException,
  InvalidRequestException,
  InvalidTokenException,
} from '../../contract/exceptions/bearer.exceptions.js';
import {
  ForbiddenException,
  ServiceUnavailableException,
  UnauthorizedException,
} from '../../contract/exceptions/contract.exceptions.js';
import { InsufficientUserAuthenticationException } from '../../contract/exceptions/step-up.exception.js';

/**
 * What `BearerGuard` refuses a request with (RFC 6750 §3.1, RFC 9470 §3), on a route with this access.
 *
 * @param hasVerifier - whether tokens are verified, which an outage of their issuer may prevent
 * @param proofErrors - what proofs of possession are refused with
 * @internal
 */
export function bearerErrors(
  access: RouteAccess,
  hasVerifier: boolean,
  proofErrors: readonly ApiException[],
): ApiException[] {
  if (access.token === 'none') {
    return [];
  }
  const scopes = neededScopes(access);
  return [
    new InvalidRequestException(),
    ...(access.token === 'required' ? [new UnauthorizedException()] : []),
    new InvalidTokenException(),
    ...proofErrors,
    ...(scopes.length > 0 ? [new InsufficientScopeException(scopes)] : []),
    ...(access.authentication
      ? [new InsufficientUserAuthenticationException(access.authentication)]
      : []),
    ...(access.authorize.length > 0 ? [new ForbiddenException()] : []),
    ...(hasVerifier ? [new ServiceUnavailableException()] : []),
  ];
}
