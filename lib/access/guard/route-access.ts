import type { Type } from '@nestjs/common';
import type { AuthenticationRequirement } from '../../contract/exceptions/step-up.exception.js';
import { combineAuthentication } from '../step-up/authentication.js';
import {
  type AccessRule,
  type AuthorizePredicate,
  classRules,
  demandsToken,
  methodRules,
} from './access-rules.js';

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
    access = combine(classRules(controller), methodRules(controller, handler));
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

/** All scopes that a route needs, in declared order: a client asks for a new token once. @internal */
export function neededScopes({ scopes, anyScopes }: RouteAccess): string[] {
  return [...new Set([...scopes, ...anyScopes.flat()])];
}

/** Where one place says both @Public() and what a token must have, the token is required. */
function tokenRule(rules: readonly AccessRule[]): RouteAccess['token'] | undefined {
  const said = rules.find((rule) => rule.token)?.token;
  const demands = rules.some(demandsToken);
  return demands && said !== 'optional' ? 'required' : said;
}

function authentications(rules: readonly AccessRule[]): AuthenticationRequirement[] {
  return rules.flatMap(({ authentication }) => (authentication ? [authentication] : []));
}
