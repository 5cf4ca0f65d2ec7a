import { type } from 'arktype';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDivisibleBy,
  IsEmail,
  IsIn,
  IsInt,
  IsISO8601,
  IsNegative,
  IsNumber,
  IsObject,
  IsPositive,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import * as v from 'valibot';
import { z } from 'zod';
import { z as z3 } from 'zod/v3';

/** The libraries of schemas, zod in the two forms that are in use. */
export const libraries = ['zod', 'zod3', 'valibot', 'arktype'] as const;
export type Library = (typeof libraries)[number];
export type Validator = 'class-validator' | Library;

/** What a failed parameter is told to be. */
export interface Told {
  readonly code: string;
  readonly rule: string;
  readonly limits?: object;
}

/** A value that a rule refuses; `undefined` is one that is not sent. */
export interface Fault {
  readonly title: string;
  readonly value: unknown;
  readonly told: Told;
}

/** One rule, as each validator writes it. */
export interface Rule {
  readonly title: string;
  readonly decorators: readonly PropertyDecorator[];
  readonly zod: z.ZodType;
  readonly zod3: z3.ZodTypeAny;
  readonly valibot: v.GenericSchema;
  readonly arktype: string;
  readonly faults: readonly Fault[];
  /** Where a library does not tell the rule or its limits, what it is taken for. */
  readonly untold?: Partial<Record<Library, string>>;
}

const fault = (title: string, value: unknown, told: Told): Fault => ({ title, value, told });
const invalid = (rule: string): Told => ({ code: 'INVALID_PARAMETER', rule });
const size = (rule: string, limits: object): Told => ({ code: 'LIMIT_EXCEEDED', rule, limits });
const bound = (rule: string, limits: object): Told => ({ code: 'OUT_OF_RANGE', rule, limits });

const missing = fault('missing', undefined, { code: 'MISSING_PARAMETER', rule: 'isDefined' });
const noString = fault('a number', 7, invalid('isString'));
const noNumber = fault('text', 'x', invalid('isNumber'));
const malformed = (rule: string) => fault('malformed', 'x y', invalid(rule));

export const rules: readonly Rule[] = [
  {
    title: 'a string',
    decorators: [IsString()],
    zod: z.string(),
    zod3: z3.string(),
    valibot: v.string(),
    arktype: 'string',
    faults: [missing, noString, fault('null', null, invalid('isString'))],
  },
  {
    title: 'two characters at least',
    decorators: [IsString(), MinLength(2)],
    zod: z.string().min(2),
    zod3: z3.string().min(2),
    valibot: v.pipe(v.string(), v.minLength(2)),
    arktype: 'string >= 2',
    faults: [missing, noString, fault('short', 'x', size('minLength', { min: 2 }))],
  },
  {
    title: 'three characters at most',
    decorators: [IsString(), MaxLength(3)],
    zod: z.string().max(3),
    zod3: z3.string().max(3),
    valibot: v.pipe(v.string(), v.maxLength(3)),
    arktype: 'string <= 3',
    faults: [missing, noString, fault('long', 'xxxx', size('maxLength', { max: 3 }))],
  },
  {
    title: 'two characters',
    decorators: [IsString(), Length(2, 2)],
    zod: z.string().length(2),
    zod3: z3.string().length(2),
    valibot: v.pipe(v.string(), v.length(2)),
    arktype: 'string == 2',
    faults: [
      missing,
      noString,
      fault('short', 'x', size('isLength', { min: 2, max: 2 })),
      fault('long', 'xxx', size('isLength', { min: 2, max: 2 })),
    ],
  },
  {
    title: 'an e-mail address',
    decorators: [IsEmail()],
    zod: z.email(),
    zod3: z3.string().email(),
    valibot: v.pipe(v.string(), v.email()),
    arktype: 'string.email',
    faults: [missing, malformed('isEmail')],
    untold: { arktype: 'matches' },
  },
  {
    title: 'a URL',
    decorators: [IsUrl()],
    zod: z.url(),
    zod3: z3.string().url(),
    valibot: v.pipe(v.string(), v.url()),
    arktype: 'string.url',
    faults: [missing, malformed('isUrl')],
    untold: { arktype: 'custom' },
  },
  {
    title: 'a UUID',
    decorators: [IsUUID()],
    zod: z.uuid(),
    zod3: z3.string().uuid(),
    valibot: v.pipe(v.string(), v.uuid()),
    arktype: 'string.uuid',
    faults: [missing, malformed('isUuid')],
  },
  {
    title: 'a date as text',
    decorators: [IsISO8601()],
    zod: z.iso.datetime(),
    zod3: z3.string().datetime(),
    valibot: v.pipe(v.string(), v.isoTimestamp()),
    arktype: 'string.date.iso',
    faults: [missing, malformed('isIso8601')],
    untold: { arktype: 'matches' },
  },
  {
    title: 'a pattern',
    decorators: [Matches(/^[a-c]+$/)],
    zod: z.string().regex(/^[a-c]+$/),
    zod3: z3.string().regex(/^[a-c]+$/),
    valibot: v.pipe(v.string(), v.regex(/^[a-c]+$/)),
    arktype: '/^[a-c]+$/',
    faults: [missing, malformed('matches')],
  },
  {
    title: 'one of two words',
    decorators: [IsIn(['new', 'old'])],
    zod: z.enum(['new', 'old']),
    zod3: z3.enum(['new', 'old']),
    valibot: v.picklist(['new', 'old']),
    arktype: '"new" | "old"',
    faults: [missing, malformed('isIn')],
  },
  {
    title: 'one word',
    decorators: [IsIn(['new'])],
    zod: z.literal('new'),
    zod3: z3.literal('new'),
    valibot: v.literal('new'),
    arktype: '"new"',
    faults: [missing, malformed('isIn')],
  },
  {
    title: 'a number',
    decorators: [IsNumber()],
    zod: z.number(),
    zod3: z3.number(),
    valibot: v.number(),
    arktype: 'number',
    faults: [missing, noNumber, fault('null', null, invalid('isNumber'))],
  },
  {
    title: 'an integer',
    decorators: [IsInt()],
    zod: z.int(),
    zod3: z3.number().int(),
    valibot: v.pipe(v.number(), v.integer()),
    arktype: 'number.integer',
    faults: [missing, fault('a fraction', 1.5, invalid('isInt'))],
  },
  {
    title: '1 at least',
    decorators: [IsNumber(), Min(1)],
    zod: z.number().min(1),
    zod3: z3.number().min(1),
    valibot: v.pipe(v.number(), v.minValue(1)),
    arktype: 'number >= 1',
    faults: [missing, noNumber, fault('less', 0, bound('min', { min: 1 }))],
  },
  {
    title: '10 at most',
    decorators: [IsNumber(), Max(10)],
    zod: z.number().max(10),
    zod3: z3.number().max(10),
    valibot: v.pipe(v.number(), v.maxValue(10)),
    arktype: 'number <= 10',
    faults: [missing, noNumber, fault('more', 11, bound('max', { max: 10 }))],
  },
  {
    title: 'positive',
    decorators: [IsPositive()],
    zod: z.number().positive(),
    zod3: z3.number().positive(),
    valibot: v.pipe(v.number(), v.gtValue(0)),
    arktype: 'number > 0',
    faults: [
      missing,
      fault('zero', 0, bound('isPositive', { exclusiveMin: 0 })),
      fault('less', -1, bound('isPositive', { exclusiveMin: 0 })),
    ],
  },
  {
    title: 'negative',
    decorators: [IsNegative()],
    zod: z.number().negative(),
    zod3: z3.number().negative(),
    valibot: v.pipe(v.number(), v.ltValue(0)),
    arktype: 'number < 0',
    faults: [
      missing,
      fault('zero', 0, bound('isNegative', { exclusiveMax: 0 })),
      fault('more', 1, bound('isNegative', { exclusiveMax: 0 })),
    ],
  },
  {
    title: 'a multiple of 5',
    decorators: [IsDivisibleBy(5)],
    zod: z.number().multipleOf(5),
    zod3: z3.number().multipleOf(5),
    valibot: v.pipe(v.number(), v.multipleOf(5)),
    arktype: 'number % 5',
    faults: [missing, fault('another', 3, invalid('isDivisibleBy'))],
  },
  {
    title: 'a boolean',
    decorators: [IsBoolean()],
    zod: z.boolean(),
    zod3: z3.boolean(),
    valibot: v.boolean(),
    arktype: 'boolean',
    faults: [
      missing,
      fault('text', 'x', invalid('isBoolean')),
      fault('null', null, invalid('isBoolean')),
    ],
  },
  {
    title: 'an array',
    decorators: [IsArray()],
    zod: z.array(z.string()),
    zod3: z3.array(z3.string()),
    valibot: v.array(v.string()),
    arktype: 'string[]',
    faults: [
      missing,
      fault('text', 'x', invalid('isArray')),
      fault('null', null, invalid('isArray')),
    ],
  },
  {
    title: 'one element at least',
    decorators: [IsArray(), ArrayMinSize(1)],
    zod: z.array(z.string()).min(1),
    zod3: z3.array(z3.string()).min(1),
    valibot: v.pipe(v.array(v.string()), v.minLength(1)),
    arktype: 'string[] >= 1',
    faults: [missing, fault('none', [], size('arrayMinSize', { min: 1 }))],
  },
  {
    title: 'two elements at most',
    decorators: [IsArray(), ArrayMaxSize(2)],
    zod: z.array(z.string()).max(2),
    zod3: z3.array(z3.string()).max(2),
    valibot: v.pipe(v.array(v.string()), v.maxLength(2)),
    arktype: 'string[] <= 2',
    faults: [missing, fault('three', ['x', 'x', 'x'], size('arrayMaxSize', { max: 2 }))],
  },
  {
    title: 'an object',
    decorators: [IsObject()],
    zod: z.object({}),
    zod3: z3.object({}),
    valibot: v.object({}),
    arktype: 'object',
    faults: [missing, fault('text', 'x', invalid('isObject'))],
  },
];

/** Where a parameter is, with what it is called there. */
export const places = {
  body: { in: 'body', parameter: 'a' },
  'nested body': { in: 'body', parameter: 'inner.a' },
  'item of the body': { in: 'body', parameter: 'items[0].a' },
  query: { in: 'query', parameter: 'a' },
  path: { in: 'path', parameter: 'a' },
} as const;
export type Place = keyof typeof places;

/** What is in a query or a path is text, and of a path always there. */
export function canBeAt(place: Place, rule: Rule, { value }: Fault): boolean {
  const takesText = rule.faults.every((each) =>
    ['string', 'undefined'].includes(typeof each.value),
  );
  const isText = typeof value === 'string' && OF_TEXT.test(rule.arktype);
  return place === 'query'
    ? isText || (value === undefined && (takesText || OF_TEXT.test(rule.arktype)))
    : place === 'path'
      ? isText
      : true;
}

const OF_TEXT = /^(?:string(?! ?\[)|"|\/)/;

/** The schemas of a rule at a place, of a parameter that is called `a`. */
export function schemaOf(library: Library, rule: Rule, place: Place): unknown {
  const wrapped = <Schema>(
    object: (shape: Record<string, Schema>) => Schema,
    array: (item: Schema) => Schema,
    own: Schema,
  ) =>
    place === 'nested body'
      ? object({ inner: object({ a: own }) })
      : place === 'item of the body'
        ? object({ items: array(object({ a: own })) })
        : object({ a: own });
  switch (library) {
    case 'zod':
      return wrapped<z.ZodType>(
        (shape) => z.object(shape),
        (item) => z.array(item),
        rule.zod,
      );
    case 'zod3':
      return wrapped<z3.ZodTypeAny>(
        (shape) => z3.object(shape),
        (item) => z3.array(item),
        rule.zod3,
      );
    case 'valibot':
      return wrapped<v.GenericSchema>(
        (shape) => v.object(shape),
        (item) => v.array(item),
        rule.valibot,
      );
    default: {
      const a = rule.arktype as 'string';
      return place === 'nested body'
        ? type({ inner: { a } })
        : place === 'item of the body'
          ? type({ items: type({ a }).array() })
          : type({ a });
    }
  }
}
