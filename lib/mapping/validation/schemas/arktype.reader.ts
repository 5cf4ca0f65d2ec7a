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

/** An error of arktype, by what is read of it. */
interface ArkError {
  readonly code?: unknown;
  readonly path?: readonly PropertyKey[];
  readonly data?: unknown;
  readonly rule?: unknown;
  readonly exclusive?: unknown;
  readonly domain?: unknown;
  readonly proto?: unknown;
  readonly unit?: unknown;
  readonly meta?: { readonly format?: unknown };
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly message?: unknown;
  /** Of a union or an intersection. */
  readonly errors?: readonly ArkError[];
}

/** Reads an error of arktype, by its codes. @internal */
export const readArktype: IssueReader = (given, sent) => {
  const error = given as ArkError;
  if (error.code === 'intersection') {
    return [...(error.errors ?? [])].flatMap((each) => readArktype(each, sent));
  }
  return [{ ...factOf(error), ...textOf(error), path: [...(error.path ?? [])] }];
};

/** Its own sentences say at their end what was sent; of a predicate it knows what was asked for. */
function textOf({ code, message, expected, actual }: ArkError): {
  message: unknown;
  isOwnText: boolean;
} {
  const isOwn = code === 'union' || String(message).endsWith(`(was ${String(actual)})`);
  return code === 'predicate' && isOwn
    ? { message: `must be ${String(expected)}`, isOwnText: false }
    : { message, isOwnText: isOwn };
}

function factOf(error: ArkError): Pick<ReadIssue, 'kind' | 'rule' | 'limits' | 'values'> {
  const { code, data, domain, proto, rule, meta, unit, errors = [] } = error;
  switch (code) {
    case 'required':
      return MISSING;
    case 'domain':
      return data === undefined ? MISSING : ofType(domain);
    case 'proto':
      return data === undefined ? MISSING : ofType(nameOf(proto));
    case 'unit':
      return invalid('isIn', [unit]);
    case 'union':
      return ofUnits([...errors]);
    case 'divisor':
      return invalid(rule === 1 ? 'isInt' : 'isDivisibleBy');
    case 'pattern':
      return ofFormat(meta?.format ?? 'regex');
    default: {
      const limit = LIMITS[String(code)];
      return limit ? beyond(limitOf(limit, error)) : UNNAMED;
    }
  }
}

function nameOf(proto: unknown): string {
  return typeof proto === 'function' ? proto.name.toLowerCase() : '';
}

/** One of several values, of which a boolean is two. */
function ofUnits(errors: readonly ArkError[]): ReturnType<typeof factOf> {
  const units = errors.map(({ unit }) => unit);
  return errors.length === 0 || errors.some(({ code }) => code !== 'unit')
    ? UNNAMED
    : units.every((unit) => typeof unit === 'boolean')
      ? invalid('isBoolean')
      : invalid('isIn', units);
}

const LIMITS: Readonly<Record<string, Pick<Limit, 'is'> & { readonly of: Limit['of'] | 'size' }>> =
  {
    min: { of: 'number', is: 'min' },
    max: { of: 'number', is: 'max' },
    after: { of: 'date', is: 'min' },
    before: { of: 'date', is: 'max' },
    minLength: { of: 'size', is: 'min' },
    maxLength: { of: 'size', is: 'max' },
    exactLength: { of: 'size', is: 'exact' },
  };

function limitOf({ of, is }: (typeof LIMITS)[string], { data, rule, exclusive }: ArkError): Limit {
  const value = rule;
  if (of !== 'size') {
    return { of, is, value, isExclusive: exclusive === true };
  }
  if (!Array.isArray(data)) {
    return { of: 'string', is, value };
  }
  const isShort = data.length < Number(rule);
  return { of: 'array', is: is === 'exact' ? (isShort ? 'min' : 'max') : is, value };
}
