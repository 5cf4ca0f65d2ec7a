import type { AuthenticationRequirement } from '../../contract/exceptions/step-up.exception.js';
import { assertAuthentication } from '../step-up/authentication.js';
import { type AuthorizePredicate, accessDecorator } from './access-rules.js';
import { assertScopes } from './scope.js';

/**
 * Opens a route, or all of a controller's: no token is looked at, and a bad one fails nothing. On a
 * class it is said of that class alone: a class that extends it is closed unless it says so too.
 *
 * @publicApi
 */
export const Public = (): ClassDecorator & MethodDecorator => accessDecorator({ token: 'none' });

/**
 * Takes no token or a good one: where one is sent it is verified, and a bad one is refused. Scopes
 * and `@Authorize()` are asked of a token only. On a class it is said of that class alone.
 *
 * @publicApi
 */
export const OptionalToken = (): ClassDecorator & MethodDecorator =>
  accessDecorator({ token: 'optional' });

/**
 * Demands all of these scopes; those of the class and of the method add up. A token that lacks one
 * is answered with 403 `insufficient_scope` (RFC 6750 §3.1), naming all that the route needs.
 *
 * @throws TypeError where a scope is not a scope-token (RFC 6749 §3.3).
 * @publicApi
 */
export function RequireScopes(...scopes: string[]): ClassDecorator & MethodDecorator {
  assertScopes(scopes, '@RequireScopes()');
  return accessDecorator({ scopes });
}

/**
 * Demands at least one of these scopes.
 *
 * @throws TypeError where a scope is not a scope-token (RFC 6749 §3.3).
 * @publicApi
 */
export function RequireAnyScope(...scopes: string[]): ClassDecorator & MethodDecorator {
  assertScopes(scopes, '@RequireAnyScope()');
  return accessDecorator({ anyScope: scopes });
}

/**
 * Demands what scopes cannot say. A refusal is 403 FORBIDDEN without a challenge, as no other token
 * of this caller would do.
 *
 * @example `@Authorize((token, context) => token.subject === paramsOf(context).memberId)`
 * @publicApi
 */
export function Authorize(predicate: AuthorizePredicate): ClassDecorator & MethodDecorator {
  return accessDecorator({ authorize: predicate });
}

/**
 * Demands that the person behind the token logged in so, and so lately (RFC 9470): 401
 * `insufficient_user_authentication` with `acr_values` and `max_age` else, once the token itself was
 * found good. On a method, `acrValues` take the place of those of its class; of several `maxAge` the
 * shortest counts.
 *
 * @example `@RequireAuthentication({ acrValues: ['phr'], maxAge: 300 })`
 * @throws TypeError where it asks for nothing, or for what no challenge can say.
 * @publicApi
 */
export function RequireAuthentication(
  requirement: AuthenticationRequirement,
): ClassDecorator & MethodDecorator {
  assertAuthentication(requirement);
  return accessDecorator({ authentication: requirement });
}
