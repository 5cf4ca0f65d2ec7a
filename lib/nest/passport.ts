import type { Type } from '@nestjs/common';
import type { AnyRequest } from './request.js';
import { classOf } from './route-enhancers.js';

/**
 * What passport's strategies say of credentials: that they are good, or why not. The guard of
 * @nestjs/passport, which is no dependency of this package, leaves it on the request before it refuses.
 *
 * @internal
 */
export function passportInfo(request: AnyRequest): unknown {
  return (request as { authInfo?: unknown }).authInfo;
}

/** Where Nest's documentation keeps that a route is open to everyone, for a guard to ask. */
const IS_PUBLIC = 'isPublic';

/**
 * Whether a guard of @nestjs/passport, or a subclass, stands before a route. `AuthGuard()` makes
 * classes without a name: known by the methods that its documentation tells to override.
 *
 * @internal
 */
export function isBehindPassport(guard: unknown, controller: Type, handler: object): boolean {
  const prototype = classOf(guard)?.prototype as object | undefined;
  const isPassports =
    prototype !== undefined &&
    ['canActivate', 'handleRequest', 'getAuthenticateOptions'].every((name) => name in prototype);
  return isPassports && !(decidesItself(prototype) && isPublic(controller, handler));
}

/** Whether a subclass has a `canActivate()` of its own before that of the class which logs in. */
function decidesItself(prototype: object): boolean {
  return Object.hasOwn(prototype, 'canActivate')
    ? !Object.hasOwn(prototype, 'logIn')
    : decidesItself(Object.getPrototypeOf(prototype) as object);
}

function isPublic(controller: Type, handler: object): boolean {
  const mark: unknown =
    Reflect.getMetadata(IS_PUBLIC, handler) ?? Reflect.getMetadata(IS_PUBLIC, controller);
  return mark === true;
}
