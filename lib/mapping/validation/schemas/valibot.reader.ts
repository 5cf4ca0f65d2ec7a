import {
  beyond,
  invalid,
  type IssueReader,
  type Limit,
  MISSING,
  ofFormat,
  ofType,
  type ReadIssue,
} from './issue.js';

/** An issue of valibot, by what is read of it. */
interface ValibotIssue {
  readonly kind?: unknown;
  readonly type?: unknown;
  readonly input?: unknown;
  readonly expected?: unknown;
  /** What was sent, as text. */
  readonly received?: unknown;
  readonly requirement?: unknown;
  readonly message?: unknown;
  readonly path?: readonly { readonly key: PropertyKey }[];
}

/** Reads an issue of valibot, https://valibot.dev/guides/issues/. @internal */
export const readValibot: IssueReader = (given) => {
  const issue = given as ValibotIssue;
  const { message, received, path = [] } = issue;
  return [
    {
      ...factOf(issue),
      path: path.map(({ key }) => key),
      message,
      // Its own sentences end with what was sent
      isOwnText: String(message).endsWith(`eceived ${String(received)}`),
    },
  ];
};

function factOf(issue: ValibotIssue): Pick<ReadIssue, 'kind' | 'rule' | 'limits' | 'values'> {
  const { kind, type, input, expected } = issue;
  if (kind === 'schema') {
    return input === undefined
      ? MISSING
      : expected === 'never'
        ? invalid('whitelistValidation')
        : ENUMERATED.has(type)
          ? invalid('isIn')
          : ofType(String(type).replace(/^(?:strict|loose)_|_with_rest$/g, ''));
  }
  const limit = limitOf(issue);
  return limit ? beyond(limit) : (RULES[String(type)] ?? ofFormat(type));
}

const ENUMERATED = new Set<unknown>(['picklist', 'enum', 'literal']);

const RULES: Readonly<Record<string, ReturnType<typeof invalid>>> = {
  integer: invalid('isInt'),
  safe_integer: invalid('isInt'),
  multiple_of: invalid('isDivisibleBy'),
  values: invalid('isIn'),
};

const SIDES: Readonly<Record<string, Pick<Limit, 'is' | 'isExclusive'>>> = {
  min: { is: 'min' },
  max: { is: 'max' },
  gt: { is: 'min', isExclusive: true },
  lt: { is: 'max', isExclusive: true },
};

/** `min_length`, `gt_value`, `length`, `non_empty`: a side and what it is of. */
function limitOf({ type, input, requirement }: ValibotIssue): Limit | undefined {
  const [, prefix, what] =
    /^(?:(min|max|gt|lt)_)?(length|value|size|bytes|entries|graphemes|words)$/.exec(String(type)) ??
    [];
  if (type === 'non_empty') {
    return { of: sizeOf(input), is: 'min', value: 1 };
  }
  if (what === 'value') {
    return prefix === undefined
      ? undefined
      : { ...SIDES[prefix]!, of: input instanceof Date ? 'date' : 'number', value: requirement };
  }
  if (what === undefined) {
    return undefined;
  }
  const of = sizeOf(input);
  const exact = of === 'array' ? sideOf(input, requirement) : 'exact';
  return { ...(prefix === undefined ? { is: exact } : SIDES[prefix]!), of, value: requirement };
}

function sizeOf(input: unknown): Limit['of'] {
  return typeof input === 'string' ? 'string' : Array.isArray(input) ? 'array' : undefined;
}

function sideOf(input: unknown, requirement: unknown): Limit['is'] {
  return (input as readonly unknown[]).length > Number(requirement) ? 'max' : 'min';
}
