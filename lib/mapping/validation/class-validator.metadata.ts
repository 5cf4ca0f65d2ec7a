import type { Type } from '@nestjs/common';
import { type ValidatorPackages, validatorPackages } from './validator.packages.js';

/** What a decorator of class-validator says of a property. @internal */
export type RuleMetadata = ReturnType<
  ReturnType<ValidatorPackages['getMetadataStorage']>['getTargetValidationMetadatas']
>[number];

const known = new WeakMap<object, Map<string, RuleMetadata[]>>();
const NONE = new Map<string, RuleMetadata[]>();

/**
 * What the rules of a class say, by property. Read once for each class, whose decorators have run when
 * it first validates anything; nothing without class-validator.
 *
 * @internal
 */
export function rulesOfClass(type: unknown): ReadonlyMap<string, readonly RuleMetadata[]> {
  const packages = validatorPackages();
  if (!packages || typeof type !== 'function') {
    return NONE;
  }
  const found = known.get(type);
  if (found) {
    return found;
  }
  const rules = new Map<string, RuleMetadata[]>();
  const storage = packages.getMetadataStorage();
  for (const rule of storage.getTargetValidationMetadatas(type, '', false, false)) {
    const { propertyName } = rule;
    rules.set(propertyName, [...(rules.get(propertyName) ?? []), rule]);
  }
  known.set(type, rules);
  return rules;
}

/**
 * The class of what a property holds, or of the items that it holds, as `@Type()` says it to
 * class-transformer, or else the compiler.
 *
 * @internal
 */
export function nestedType(type: unknown, property: string): Type | undefined {
  if (typeof type !== 'function') {
    return undefined;
  }
  const declared = validatorPackages()?.types?.findTypeMetadata(type, property)?.typeFunction?.();
  const nested: unknown =
    declared ?? Reflect.getMetadata('design:type', type.prototype as object, property);
  return typeof nested === 'function' ? (nested as Type) : undefined;
}
