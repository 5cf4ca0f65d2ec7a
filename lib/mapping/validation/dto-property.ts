import type { Type } from '@nestjs/common';
import type { ValidatorOptions } from 'class-validator';
import { kindsOfRule } from './class-validator.rules.js';
import type { FailureKind } from './validation-failure.js';
import type { RuleMetadata } from './class-validator.metadata.js';
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
  packages: ValidatorPackages,
): DtoProperty[] {
  const rules = packages
    .getMetadataStorage()
    .getTargetValidationMetadatas(
      dto,
      '',
      options.always ?? false,
      options.strictGroups ?? false,
      options.groups,
    );
  const isOptional = optionalRule(packages);
  return [...new Set(rules.map(({ propertyName }) => propertyName))].map((name) => {
    const own = rules.filter(({ propertyName }) => propertyName === name);
    const failing = own.filter(({ type }) => type !== 'conditionalValidation');
    return {
      name,
      required:
        !isPath &&
        !own.some(isOptional) &&
        !hasInitializer(dto, name) &&
        isRequired(failing, options),
      kinds: new Set(failing.flatMap((rule) => kindsOf(rule, isPath))),
      nested: failing.some(({ type }) => type === 'nestedValidation'),
    };
  });
}

function kindsOf({ name, type }: RuleMetadata, isPath: boolean): FailureKind[] {
  const rule = name ?? type;
  return type === 'whitelistValidation' || (isPath && MET_BY_PATHS.has(rule))
    ? []
    : kindsOfRule(rule, isPath);
}

function isRequired(failing: readonly RuleMetadata[], options: ValidatorOptions): boolean {
  // @IsDefined() is asked whatever else is skipped
  const isDefined = failing.some(({ type }) => type === 'isDefined');
  const isSkipped = options.skipMissingProperties === true || options.skipUndefinedProperties;
  return (
    isDefined ||
    (!isSkipped && failing.some(({ name, type }) => !CONTENT_WITH_NOTHING.has(name ?? type)))
  );
}

/** The source of the condition of `@IsOptional()`. */
let optionalSource: string | undefined;

/**
 * Tells `@IsOptional()`, which class-validator keeps as a condition like any other, by the source of
 * that condition: one of the application's is not called to see what it says.
 */
function optionalRule(packages: ValidatorPackages): (rule: RuleMetadata) => boolean {
  const source = (optionalSource ??= sourceOfOptional(packages));
  return (rule) => rule.type === 'conditionalValidation' && sourceOf(rule) === source;
}

function sourceOfOptional({ getMetadataStorage, IsOptional }: ValidatorPackages): string {
  class Probe {}
  IsOptional()(Probe.prototype, 'property');
  const [probe] = getMetadataStorage().getTargetValidationMetadatas(Probe, '', false, false);
  return sourceOf(probe!);
}

function sourceOf({ constraints }: RuleMetadata): string {
  return String(constraints?.[0]);
}

/**
 * Whether a class gives a property a value of its own, as its source says, in any of the ways in which
 * compilers write that: what class-transformer makes then has it, whatever is sent. No class is made to
 * see what its constructor does.
 */
function hasInitializer(dto: Type, name: string): boolean {
  if (!/^[\w$]+$/.test(name)) {
    return false;
  }
  const property = name.replaceAll('$', '\\$');
  const assigned = new RegExp(
    `(?:^|[\\s;{.])${property}\\s*=(?![=>]|\\s*(?:undefined|void 0)\\b)|roperty\\(this,\\s*["']${property}["'],(?!\\s*void 0)`,
  );
  for (let type: unknown = dto; typeof type === 'function'; type = Object.getPrototypeOf(type)) {
    const source = String(type);
    if (source.includes(name) && assigned.test(source)) {
      return true;
    }
  }
  return false;
}
