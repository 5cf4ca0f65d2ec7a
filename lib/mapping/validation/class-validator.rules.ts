import type { FailureLimits } from '../../contract/exceptions/api-exception.options.js';
import { limitsOf } from './failure-limits.js';
import type { FailureKind } from './validation-failure.js';

/** What a rule can be asked of; of anything else it says nothing that helps. */
type Demand = 'number' | 'date' | 'string' | 'array';

/** class-validator's rules that bound a value. */
const BOUNDS: Readonly<Record<string, Demand>> = {
  min: 'number',
  max: 'number',
  isPositive: 'number',
  isNegative: 'number',
  minDate: 'date',
  maxDate: 'date',
};

/** class-validator's rules that bound a size. */
const SIZES: Readonly<Record<string, Demand>> = {
  minLength: 'string',
  maxLength: 'string',
  isLength: 'string',
  isByteLength: 'string',
  arrayMinSize: 'array',
  arrayMaxSize: 'array',
};

const is: Readonly<Record<Demand, (value: unknown) => boolean>> = {
  number: (value) => typeof value === 'number' && !Number.isNaN(value),
  date: (value) => value instanceof Date,
  string: (value) => typeof value === 'string',
  array: (value) => Array.isArray(value),
};

/** The kind of one rule, by its class-validator name, for a parameter of the type that it is for. @internal */
export function kindOfRule(rule: string): FailureKind {
  return Object.hasOwn(BOUNDS, rule) ? 'bound' : Object.hasOwn(SIZES, rule) ? 'size' : 'invalid';
}

/** The kinds that a rule can fail with, of which the text of a path leaves one. @internal */
export function kindsOfRule(rule: string, isText: boolean): FailureKind[] {
  const kind = kindOfRule(rule);
  const isOfText = isText && SIZES[rule] === 'string';
  return kind === 'invalid' || isOfText ? [kind] : [kind, 'invalid'];
}

/**
 * What a value has to be before a rule on its bounds or its size makes sense: `a number`, where it is
 * not one.
 *
 * @param each - whether the rule is one on the items of an array
 * @internal
 */
export function wrongType(rule: string, value: unknown, each: boolean): string | undefined {
  const demand = BOUNDS[rule] ?? SIZES[rule];
  if (demand === undefined) {
    return undefined;
  }
  const values: readonly unknown[] = each && Array.isArray(value) ? value : [value];
  return values.every(is[demand]) ? undefined : `${demand === 'array' ? 'an' : 'a'} ${demand}`;
}

/** What the constraints of a decorator limit. */
const LIMITS: Readonly<
  Record<string, (first: unknown, second: unknown) => FailureLimits | undefined>
> = {
  min: (min) => limitsOf({ min }),
  max: (max) => limitsOf({ max }),
  isPositive: () => limitsOf({ exclusiveMin: 0 }),
  isNegative: () => limitsOf({ exclusiveMax: 0 }),
  minDate: (min) => limitsOf({ min }),
  maxDate: (max) => limitsOf({ max }),
  minLength: (min) => limitsOf({ min }),
  maxLength: (max) => limitsOf({ max }),
  isLength: (min, max) => limitsOf({ min, max }),
  isByteLength: (min, max) => limitsOf({ min, max }),
  arrayMinSize: (min) => limitsOf({ min }),
  arrayMaxSize: (max) => limitsOf({ max }),
};

/** The limits of a rule, of which its decorator has the constraints. @internal */
export function limitsOfRule(
  rule: string,
  constraints: readonly unknown[] | undefined,
): FailureLimits | undefined {
  const [first, second] = constraints ?? [];
  return Object.hasOwn(LIMITS, rule) ? LIMITS[rule]!(first, second) : undefined;
}
