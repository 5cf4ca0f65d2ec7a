import type { Type } from '@nestjs/common';
import type { ValidatorOptions } from 'class-validator';
import { type FailureKind, kindOfRule } from '../validation/validation-code.js';
import type { ValidatorPackages } from './validator.packages.js';

/** A DTO as a route validates it. @internal */
export interface ValidatedDto {
  readonly type: Type;
  readonly options: ValidatorOptions;
  /** Whether its properties are parts of the path: always there, and always text. */
  readonly isPath: boolean;
}

/** How a property of a DTO can fail. @internal */
export interface DtoProperty {
  readonly name: string;
  /** Whether a request without it is refused. */
  readonly required: boolean;
  /** What its rules find wrong with a value that was sent. */
  readonly kinds: ReadonlySet<FailureKind>;
  /** Whether the rules of its own class are asked too. */
  readonly nested: boolean;
}

type Rule = ReturnType<
  ReturnType<ValidatorPackages['getMetadataStorage']>['getTargetValidationMetadatas']
>[number];

/** Rules that have nothing against a value that is not there. */
const CONTENT_WITH_NOTHING = new Set([
  'nestedValidation',
  'isEmpty',
  'isNotIn',
  'notEquals',
  'whitelistValidation',
]);

/** Rules that no part of a path fails. */
const MET_BY_PATHS = new Set(['isString', 'isDefined']);

/** The properties of a DTO with class-validator's rules. @internal */
export function dtoProperties(
  { type: dto, options, isPath }: ValidatedDto,
  { getMetadataStorage }: ValidatorPackages,
): DtoProperty[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(
    dto,
    '',
    options.always ?? false,
    options.strictGroups ?? false,
    options.groups,
  );
  const defaults = defaultsOf(dto);
  return [...new Set(rules.map(({ propertyName }) => propertyName))].map((name) => {
    const own = rules.filter(({ propertyName }) => propertyName === name);
    const failing = own.filter(({ type }) => type !== 'conditionalValidation');
    return {
      name,
      required: !isPath && defaults[name] === undefined && isRequired(own, failing, options),
      kinds: new Set(failing.flatMap((rule) => kindsOf(rule, isPath))),
      nested: failing.some(({ type }) => type === 'nestedValidation'),
    };
  });
}

function kindsOf({ name, type }: Rule, isPath: boolean): FailureKind[] {
  const rule = name ?? type;
  return type === 'whitelistValidation' || (isPath && MET_BY_PATHS.has(rule))
    ? []
    : [kindOfRule(rule)];
}

function isRequired(
  rules: readonly Rule[],
  failing: readonly Rule[],
  options: ValidatorOptions,
): boolean {
  // @IsDefined() is asked whatever else is skipped
  const isDefined = failing.some(({ type }) => type === 'isDefined');
  const isSkipped = options.skipMissingProperties === true || options.skipUndefinedProperties;
  return (
    !rules.some(isOptionalRule) &&
    (isDefined ||
      (!isSkipped && failing.some(({ name, type }) => !CONTENT_WITH_NOTHING.has(name ?? type))))
  );
}

/** What `@IsOptional()` is: a condition that asks whether there is a value, and nothing else. */
function isOptionalRule({ type, propertyName, constraints }: Rule): boolean {
  const [condition] = (constraints ?? []) as unknown[];
  if (type !== 'conditionalValidation' || typeof condition !== 'function') {
    return false;
  }
  const asks = (value: unknown) => Boolean(condition({ [propertyName]: value }, value));
  try {
    return !asks(undefined) && !asks(null) && asks(0);
  } catch {
    // Another's condition, which looks further than that
    return false;
  }
}

/** class-transformer makes the DTO without arguments: what it then has, no request leaves out. */
function defaultsOf(dto: Type): Readonly<Record<string, unknown>> {
  try {
    return new dto() as Record<string, unknown>;
  } catch {
    return {};
  }
}
