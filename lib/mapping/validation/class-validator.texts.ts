import type { ValidationError } from '@nestjs/common';
import { toDescription } from '../../contract/catalogue/description.js';
import type { RuleMetadata } from './class-validator.metadata.js';
import { parameterPath } from './parameter-path.js';
import type { ValidationFailure } from './validation-failure.js';
import { validatorPackages } from './validator.packages.js';
import { withoutValue } from './without-value.js';

/** class-validator's start of what a rule says of the items of an array. */
const EACH = 'each value in ';

/** Rules of which a parameter that is not there fails none: those of what is not expected. @internal */
export const ABOUT_NO_PARAMETER: ReadonlySet<string> = new Set([
  'whitelistValidation',
  'unknownValue',
]);

/** A rule that a parameter fails. @internal */
export interface FailedRule {
  readonly error: ValidationError;
  readonly rule: string;
  readonly message: unknown;
  readonly path: ValidationFailure['path'];
  /** The decorators that it may be of. */
  readonly decorators: readonly RuleMetadata[];
}

/**
 * What a failed rule demands, with the whole path of the parameter and without the value that was
 * sent, which a message of the application may repeat.
 *
 * @internal
 */
export function ruleText(failed: FailedRule): string {
  const { error, path, decorators } = failed;
  const name = parameterPath(path);
  const template: unknown = decorators.length === 1 ? decorators[0]!.message : undefined;
  const text =
    typeof template === 'string'
      ? rendered(template, name, error, decorators[0]!)
      : named(spoken(failed), error.property, name);
  return toDescription(text) ?? `${name} is not valid`;
}

/** What class-validator's own rules say holds nothing of the value; a message of another may. */
function spoken({ error, rule, message, decorators }: FailedRule): string {
  const isOwn =
    decorators.length > 0 &&
    decorators.every((decorator) => decorator.message === undefined) &&
    validatorPackages()?.ownRules.has(rule);
  const text = String(message);
  return isOwn || ABOUT_NO_PARAMETER.has(rule) ? text : withoutValue(text, error.value);
}

/** class-validator's messages start with the property: its place is taken by the whole path. */
function named(message: string, property: string, name: string): string {
  const text = withoutEnvelope(message);
  for (const start of ['', EACH]) {
    if (text.startsWith(`${start}${property} `)) {
      return `${start}${name}${text.slice(start.length + property.length)}`;
    }
  }
  return name === property && text === message ? text : `${name}: ${text}`;
}

/** What Nest's pipes say: `Validation failed (numeric string is expected)`. @internal */
export function withoutEnvelope(message: string): string {
  return /^Validation failed \((.+)\)$/.exec(message)?.[1] ?? message;
}

/** A text of the application's, filled in as class-validator does it, but for the value. */
function rendered(
  template: string,
  name: string,
  { target }: ValidationError,
  { constraints }: RuleMetadata,
): string {
  const text = template.replace(
    /\$(?:constraint(\d+)|value|property|target)/g,
    (token, index?: string) => {
      if (index !== undefined) {
        const constraint: unknown = (constraints as unknown[] | undefined)?.[Number(index) - 1];
        return constraint === undefined ? token : constraintText(constraint);
      }
      return token === '$value'
        ? '…'
        : token === '$property'
          ? name
          : String(target?.constructor.name);
    },
  );
  return template.includes('$property') || !/[.[]/.test(name) ? text : `${name}: ${text}`;
}

function constraintText(constraint: unknown): string {
  return Array.isArray(constraint)
    ? constraint.join(', ')
    : typeof constraint === 'symbol'
      ? String(constraint.description)
      : String(constraint);
}
