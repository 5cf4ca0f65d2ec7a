import { type AuthorizePredicate, accessDecorator } from './route-access.js';
import { assertScopes } from './scope.js';

/**
 * Opens a route, or all of a controller's: no token is looked at, and a bad one fails nothing.
 *
 * @publicApi
 */
export const Public = (): ClassDecorator & MethodDecorator => accessDecorator({ token: 'none' });

/**
 * Takes no token or a good one: where one is sent it is verified, and a bad one is refused. Scopes
 * and `@Authorize()` are asked of a token only.
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
