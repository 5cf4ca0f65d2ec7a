import type { ExecutionContext, Type } from '@nestjs/common';
import type { AuthenticationRequirement } from '../exceptions/step-up.exception.js';
import { combineAuthentication } from './authentication.js';
import type { VerifiedToken } from './token-verifier.js';

/**
 * Decides what scopes cannot say.
 *
 * @returns whether the caller may go on; `false` is answered with 403 FORBIDDEN, without a challenge
 * @publicApi
 */
export type AuthorizePredicate = (
  token: VerifiedToken,
  context: ExecutionContext,
) => boolean | Promise<boolean>;

/** What one decorator says of a class or a method. @internal */
export interface AccessRule {
  readonly token?: 'none' | 'optional' | 'required';
  readonly scopes?: readonly string[];
  readonly anyScope?: readonly string[];
  readonly authorize?: AuthorizePredicate;
  readonly authentication?: AuthenticationRequirement;
}

/** What a route demands: the rules of its class and of its method together. @internal */
export interface RouteAccess {
  readonly token: 'none' | 'optional' | 'required';
  /** All of these, class first, in declared order, each once. */
  readonly scopes: readonly string[];
  /** One of each of these. */
  readonly anyScopes: readonly (readonly string[])[];
  readonly authorize: readonly AuthorizePredicate[];
  /** How and when the person behind the token has to have logged in. */
  readonly authentication: AuthenticationRequirement | undefined;
}

const ACCESS_RULES = Symbol('nestjs-api-errors:access-rules');

/** A decorator for classes and methods that adds `rule`. @internal */
export function accessDecorator(rule: AccessRule): ClassDecorator & MethodDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const host = (descriptor?.value as object | undefined) ?? target;
    // Decorators run from the last to the first; rules are kept as they are read
    const rules = [rule, ...accessRulesOf(host)];
    Reflect.defineMetadata(ACCESS_RULES, rules, host);
  };
}

/** What decorators say of a class or a method, in the order in which they are read. @internal */
export function accessRulesOf(host: object): readonly AccessRule[] {
  return (Reflect.getMetadata(ACCESS_RULES, host) as AccessRule[] | undefined) ?? [];
}

// A handler may be inherited by several controllers, hence both keys
const cache = new WeakMap<object, WeakMap<object, RouteAccess>>();

/** What the route of `handler` in `controller` demands. @internal */
export function routeAccess(controller: Type, handler: object): RouteAccess {
  let byHandler = cache.get(controller);
  if (!byHandler) {
    byHandler = new WeakMap();
    cache.set(controller, byHandler);
  }
  let access = byHandler.get(handler);
  if (!access) {
    access = combine(accessRulesOf(controller), accessRulesOf(handler));
    byHandler.set(handler, access);
  }
  return access;
}

function combine(onClass: readonly AccessRule[], onMethod: readonly AccessRule[]): RouteAccess {
  const rules = [...onClass, ...onMethod];
  return {
    // The method says more of the route than its class: @Public() on one method opens that method,
    // and @RequireScopes() on one method of a @Public() class closes that one
    token: tokenRule(onMethod) ?? tokenRule(onClass) ?? 'required',
    scopes: [...new Set(rules.flatMap((rule) => rule.scopes ?? []))],
    anyScopes: rules.flatMap((rule) => (rule.anyScope ? [rule.anyScope] : [])),
    authorize: rules.flatMap((rule) => (rule.authorize ? [rule.authorize] : [])),
    authentication: combineAuthentication(authentications(onClass), authentications(onMethod)),
  };
}

/** Where one place says both @Public() and what a token must have, the token is required. */
function tokenRule(rules: readonly AccessRule[]): RouteAccess['token'] | undefined {
  const said = rules.find((rule) => rule.token)?.token;
  const demands = rules.some(demandsToken);
  return demands && said !== 'optional' ? 'required' : said;
}

/** Whether a rule asks something of a token, so that there has to be one. @internal */
export function demandsToken(rule: AccessRule): boolean {
  return (rule.scopes ?? rule.anyScope ?? rule.authorize ?? rule.authentication) !== undefined;
}

function authentications(rules: readonly AccessRule[]): AuthenticationRequirement[] {
  return rules.flatMap(({ authentication }) => (authentication ? [authentication] : []));
}
