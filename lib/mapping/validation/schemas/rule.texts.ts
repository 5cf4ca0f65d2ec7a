import type { FailureLimits } from '../../../contract/exceptions/api-exception.options.js';
import type { ReadIssue } from './issue.js';

/** What a rule demands of a parameter. */
type Demand = (limits: FailureLimits) => string;

/** Rules of schemas, in class-validator's words where it has better ones than `is not valid`. */
const DEMANDS: Readonly<Record<string, Demand>> = {
  isDefined: () => 'is required',
  isString: () => 'must be a string',
  isNumber: () => 'must be a number',
  isInt: () => 'must be an integer number',
  isBoolean: () => 'must be a boolean value',
  isDate: () => 'must be a date',
  isArray: () => 'must be an array',
  isObject: () => 'must be an object',
  isEmail: () => 'must be an email',
  isUrl: () => 'must be a URL address',
  isUuid: () => 'must be a UUID',
  isIso8601: () => 'must be a valid ISO 8601 date string',
  isIp: () => 'must be an ip address',
  isLength: ({ min }) => `must have exactly ${min} characters`,
  minLength: ({ min }) => `must be longer than or equal to ${min} characters`,
  maxLength: ({ max }) => `must be shorter than or equal to ${max} characters`,
  arrayMinSize: ({ min }) => `must contain at least ${min} elements`,
  arrayMaxSize: ({ max }) => `must contain no more than ${max} elements`,
  isPositive: () => 'must be a positive number',
  isNegative: () => 'must be a negative number',
  min: ({ min, exclusiveMin }) =>
    min === undefined ? `must be greater than ${exclusiveMin}` : `must not be less than ${min}`,
  max: ({ max, exclusiveMax }) =>
    max === undefined ? `must be less than ${exclusiveMax}` : `must not be greater than ${max}`,
  minDate: ({ min, exclusiveMin }) => `must not be before ${min ?? exclusiveMin}`,
  maxDate: ({ max, exclusiveMax }) => `must not be after ${max ?? exclusiveMax}`,
};

const MAX_VALUES = 20;

/**
 * What a rule of a schema demands: a sentence of this library, as what a schema says itself may repeat
 * what was sent.
 *
 * @internal
 */
export function demandOf({ rule, limits, values = [] }: ReadIssue, name: string): string {
  if (rule === 'whitelistValidation') {
    return `property ${name} should not exist`;
  }
  const allowed = values.filter((value) => ['string', 'number', 'boolean'].includes(typeof value));
  if (rule === 'isIn' && allowed.length > 0 && allowed.length <= MAX_VALUES) {
    return `${name} must be one of the following values: ${allowed.join(', ')}`;
  }
  const needsLimits = limits === undefined && WITH_LIMITS.test(rule);
  const demand = Object.hasOwn(DEMANDS, rule) && !needsLimits ? DEMANDS[rule]! : undefined;
  return `${name} ${demand ? demand(limits ?? {}) : 'is not valid'}`;
}

const WITH_LIMITS = /^(?:isLength|min|max|array)/;
