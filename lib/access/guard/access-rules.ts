import type { ExecutionContext, Type } from '@nestjs/common';
import type { AuthenticationRequirement } from '../../contract/exceptions/step-up.exception.js';
import type { VerifiedToken } from '../../tokens/token-verifier.js';

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

/** A class, a function, or a method by its class and name. */
type Host = readonly [target: object, key?: string | symbol];

const ACCESS_RULES = Symbol.for('nestjs-api-errors:access-rules');

/**
 * A decorator for classes and methods that adds `rule`. That of a method is kept by class and name,
 * too: another decorator may put a function of its own in the method's place.
 *
 * @internal
 */
export function accessDecorator(rule: AccessRule): ClassDecorator & MethodDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    addRule(rule, (descriptor?.value as object | undefined) ?? target);
    if (key !== undefined) {
      addRule(rule, target, key);
    }
  };
}

/** Decorators run from the last to the first; rules are kept as they are read. */
function addRule(rule: AccessRule, ...host: Host): void {
  Reflect.defineMetadata(ACCESS_RULES, [rule, ...ownRules(...host)], ...(host as [object]));
}

function ownRules(...host: Host): readonly AccessRule[] {
  const rules: unknown = Reflect.getOwnMetadata(ACCESS_RULES, ...(host as [object]));
  return (rules as readonly AccessRule[] | undefined) ?? [];
}

/**
 * What decorators say of a class, in the order in which they are read. What closes a class closes
 * those that extend it; what opens it (`@Public()`, `@OptionalToken()`) does not open them, which
 * have to say so themselves.
 *
 * @internal
 */
export function classRules(type: object): readonly AccessRule[] {
  const parent: unknown = Object.getPrototypeOf(type);
  const inherited = typeof parent === 'function' ? classRules(parent) : [];
  return [...ownRules(type), ...inherited.filter(({ token }) => token === undefined)];
}

/** What decorators say of a method of a class, its own or one that it inherits. @internal */
export function methodRules(type: Type, handler: object): readonly AccessRule[] {
  const [prototype, name] = placeOf(type, handler) ?? [];
  const kept = prototype && name !== undefined ? ownRules(prototype, name) : [];
  return [...new Set([...kept, ...ownRules(handler)])];
}

/** Where a handler is declared. One that its instance bound has the name that it had, and another place. */
function placeOf(type: Type, handler: object): [object, string] | undefined {
  const bound = (handler as { readonly name?: string }).name?.replace(/^(?:bound )+/, '') ?? '';
  const prototypes = prototypesOf(type);
  const named = prototypes.find((prototype) => Object.hasOwn(prototype, bound));
  if (named && valueOf(named, bound) === handler) {
    return [named, bound];
  }
  // Under another name than its own, or behind another of its name
  for (const prototype of prototypes) {
    const name = Object.getOwnPropertyNames(prototype).find(
      (own) => valueOf(prototype, own) === handler,
    );
    if (name !== undefined) {
      return [prototype, name];
    }
  }
  return named && [named, bound];
}

function prototypesOf(type: Type): object[] {
  const prototypes: object[] = [];
  let prototype = type.prototype as object | null;
  while (prototype !== null && prototype !== Object.prototype) {
    prototypes.push(prototype);
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return prototypes;
}

/** Of a method; getters are not asked. */
function valueOf(prototype: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(prototype, name)?.value;
}

/** Whether a rule asks something of a token, so that there has to be one. @internal */
export function demandsToken(rule: AccessRule): boolean {
  return (rule.scopes ?? rule.anyScope ?? rule.authorize ?? rule.authentication) !== undefined;
}
