import type { RouteAccess } from '../bearer/route-access.js';
import type { ApiException } from '../exceptions/api.exception.js';
import {
  InsufficientScopeException,
  InvalidRequestException,
  InvalidTokenException,
} from '../exceptions/bearer.exceptions.js';
import {
  ForbiddenException,
  ServiceUnavailableException,
  UnauthorizedException,
} from '../exceptions/contract.exceptions.js';
import { InsufficientUserAuthenticationException } from '../exceptions/step-up.exception.js';

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
  const scopes = [...new Set([...access.scopes, ...access.anyScopes.flat()])];
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
