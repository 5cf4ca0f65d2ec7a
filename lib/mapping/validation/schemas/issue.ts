import type { ValidationFailure } from '../validation-failure.js';
import { limitsOf } from '../failure-limits.js';

/**
 * What an issue of a schema says, by its structure: the rule under class-validator's name for it, so
 * that the same fault has the same name whichever validator found it.
 *
 * @internal
 */
export interface ReadIssue extends Pick<ValidationFailure, 'kind' | 'rule' | 'limits'> {
  readonly path: readonly PropertyKey[];
  /** What the library, or the application through it, says of it. */
  readonly message: unknown;
  /** Whether that is known to be the library's own text. */
  readonly isOwnText: boolean;
  /** Which values are allowed, where it says. */
  readonly values?: readonly unknown[];
}

/** Reads an issue of one library. What was validated tells whether something was there. @internal */
export type IssueReader = (issue: object, sent: Sent) => readonly ReadIssue[];

/** What was validated, as far as it is known. @internal */
export interface Sent {
  /** Whether the value at a path is not there; `undefined` where that is not known. */
  isAbsent(path: readonly PropertyKey[]): boolean | undefined;
}

type Fact = Pick<ReadIssue, 'kind' | 'rule' | 'limits' | 'values'>;

/** @internal */
export const MISSING: Fact = { kind: 'missing', rule: 'isDefined' };

/** What is wrong in a way that no rule of class-validator's has a name for. @internal */
export const UNNAMED: Fact = { kind: 'invalid', rule: 'custom' };

/** @internal */
export function invalid(rule: string, values?: readonly unknown[]): Fact {
  return { kind: 'invalid', rule, ...(values && { values }) };
}

/** The rule that a value is of a type, by any library's name for the type. @internal */
export function ofType(type: unknown): Fact {
  const rule = TYPES.get(type);
  return rule === undefined ? UNNAMED : invalid(rule);
}

const TYPES = new Map<unknown, string>([
  ['string', 'isString'],
  ['number', 'isNumber'],
  ['bigint', 'isNumber'],
  ['int', 'isInt'],
  ['integer', 'isInt'],
  ['boolean', 'isBoolean'],
  ['date', 'isDate'],
  ['array', 'isArray'],
  ['tuple', 'isArray'],
  ['object', 'isObject'],
  ['record', 'isObject'],
]);

/** The rule that a text has a format, by any library's name for the format. @internal */
export function ofFormat(format: unknown): Fact {
  const rule = FORMATS.get(format);
  return rule === undefined ? UNNAMED : invalid(rule);
}

const FORMATS = new Map<unknown, string>([
  ['email', 'isEmail'],
  ['url', 'isUrl'],
  ['uri', 'isUrl'],
  ['uuid', 'isUuid'],
  ['guid', 'isUuid'],
  ['regex', 'matches'],
  ['datetime', 'isIso8601'],
  ['date', 'isIso8601'],
  ['date-time', 'isIso8601'],
  ['iso_date', 'isIso8601'],
  ['iso_date_time', 'isIso8601'],
  ['iso_timestamp', 'isIso8601'],
  ['ip', 'isIp'],
  ['ipv4', 'isIp'],
  ['ipv6', 'isIp'],
  ['base64', 'isBase64'],
  ['jwt', 'isJwt'],
  ['hexadecimal', 'isHexadecimal'],
  ['credit_card', 'isCreditCard'],
  ['includes', 'contains'],
]);

/** A limit that a value is outside of. @internal */
export interface Limit {
  /** Of what: a type, as class-validator tells sizes and bounds apart by it. */
  readonly of: 'string' | 'array' | 'number' | 'date' | undefined;
  readonly is: 'min' | 'max' | 'exact';
  readonly value: unknown;
  /** Whether the limit itself is outside too. */
  readonly isExclusive?: boolean;
}

/** The rule that a value or a size is within a limit. @internal */
export function beyond({ of, is, value, isExclusive = false }: Limit): Fact {
  if (of === 'string' && is === 'exact') {
    return { kind: 'size', rule: 'isLength', limits: limitsOf({ min: value, max: value }) };
  }
  const side = is === 'max' ? 'max' : 'min';
  const limits = limitsOf({
    [isExclusive ? (side === 'min' ? 'exclusiveMin' : 'exclusiveMax') : side]: value,
  });
  const kind = of === 'number' || of === 'date' ? 'bound' : 'size';
  const rule =
    of === 'number' && isExclusive && Number(value) === 0
      ? SIGNS[side]
      : of === undefined
        ? `${side}Size`
        : RULES[of][side];
  return { kind, rule, limits };
}

const SIGNS = { min: 'isPositive', max: 'isNegative' } as const;

const RULES = {
  string: { min: 'minLength', max: 'maxLength' },
  array: { min: 'arrayMinSize', max: 'arrayMaxSize' },
  number: { min: 'min', max: 'max' },
  date: { min: 'minDate', max: 'maxDate' },
} as const;
