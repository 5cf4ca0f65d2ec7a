import {
  beyond,
  invalid,
  type IssueReader,
  type Limit,
  MISSING,
  ofFormat,
  ofType,
  type ReadIssue,
  UNNAMED,
} from './issue.js';

/** An issue of zod 3 or 4, by what is read of it. */
interface ZodIssue {
  readonly code?: unknown;
  readonly path?: readonly PropertyKey[];
  readonly message?: unknown;
  readonly expected?: unknown;
  /** zod 3's name of what was sent, and zod 4's of what is no number. */
  readonly received?: unknown;
  /** Of what a limit is: zod 3's and zod 4's. */
  readonly type?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: boolean;
  readonly exact?: boolean;
  /** What text has to look like: zod 3's and zod 4's. */
  readonly validation?: unknown;
  readonly format?: unknown;
  readonly keys?: readonly string[];
  /** Allowed values: zod 3's and zod 4's. */
  readonly options?: readonly unknown[];
  readonly values?: readonly unknown[];
  /** Of what a key or an element fails. */
  readonly issues?: readonly ZodIssue[];
}

/** Codes of a value that is not what it should be, as one that is not there is. */
const OF_TYPE = new Set<unknown>([
  'invalid_type',
  'invalid_value',
  'invalid_literal',
  'invalid_enum_value',
  'invalid_union',
  'invalid_union_discriminator',
  'invalid_date',
]);

/** Starts of what zod says in English, by which a text of the application is told. */
const OWN_TEXT =
  /^(?:Required$|Invalid (?:input|option|string:|number:|date$|type|key|value|element|literal|enum|discriminator|function)|Too (?:small|big)|Unrecognized|Expected |(?:String|Number|Array|Set|Date|BigInt) must )/;

/** Reads an issue of zod 3, zod 4 or zod/mini. @internal */
export const readZod: IssueReader = (given, sent) => {
  const issue = given as ZodIssue;
  const { code, path = [], message, keys = [], issues = [] } = issue;
  const isOwnText = OWN_TEXT.test(String(message));
  if (code === 'unrecognized_keys') {
    return keys.map((key) => ({
      ...invalid('whitelistValidation'),
      path: [...path, key],
      message,
      isOwnText,
    }));
  }
  if (code === 'invalid_key' || code === 'invalid_element') {
    return issues.flatMap((inner) =>
      readZod({ ...inner, path: [...path, ...(inner.path ?? [])] }, { isAbsent: () => false }),
    );
  }
  const isMissing = OF_TYPE.has(code) && (sent.isAbsent(path) ?? receivedNothing(issue));
  return [{ ...(isMissing ? MISSING : factOf(issue)), path, message, isOwnText }];
};

function receivedNothing(issue: ZodIssue): boolean {
  return 'received' in issue
    ? issue.received === 'undefined' || issue.received === undefined
    : 'input' in issue && issue.input === undefined;
}

function factOf(issue: ZodIssue): Pick<ReadIssue, 'kind' | 'rule' | 'limits' | 'values'> {
  const { code, expected, validation, format, options, values } = issue;
  switch (code) {
    case 'invalid_type':
      return ofType(expected);
    case 'too_small':
    case 'too_big':
      return beyond(limitOf(issue));
    case 'invalid_format':
    case 'invalid_string':
      return ofFormat(
        typeof validation === 'object' ? Object.keys(validation ?? {})[0] : (format ?? validation),
      );
    case 'not_multiple_of':
      return invalid('isDivisibleBy');
    case 'invalid_value':
    case 'invalid_enum_value':
      return invalid('isIn', values ?? options);
    case 'invalid_literal':
      return invalid('isIn', [expected]);
    case 'invalid_date':
      return invalid('isDate');
    default:
      return UNNAMED;
  }
}

const OF: ReadonlyMap<unknown, Limit['of']> = new Map([
  ['string', 'string'],
  ['array', 'array'],
  ['number', 'number'],
  ['int', 'number'],
  ['bigint', 'number'],
  ['date', 'date'],
] as const);

function limitOf({ code, origin, type, minimum, maximum, inclusive, exact }: ZodIssue): Limit {
  const of = OF.get(origin ?? type);
  const isSmall = code === 'too_small';
  const value = isSmall ? minimum : maximum;
  return {
    of,
    is: exact === true && of === 'string' ? 'exact' : isSmall ? 'min' : 'max',
    // zod 3 gives dates as numbers
    value: of === 'date' && typeof value === 'number' ? new Date(value) : value,
    isExclusive: inclusive === false && exact !== true,
  };
}
