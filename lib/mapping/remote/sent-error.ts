import { toDescription } from '../../contract/catalogue/description.js';
import { isErrorCode } from '../../contract/catalogue/error-code.js';
import { isErrorStatus } from '../../contract/catalogue/row-rule.js';
import type { Members, ParameterFailure } from '../../contract/exceptions/api-exception.options.js';

/**
 * What another service of this contract said of an error. Read of what it sent, which may be anything:
 * bounded, and nothing in it that could do harm as a part of an answer.
 *
 * @publicApi
 */
export interface SentError {
  /** HTTP status code, 400 to 599. */
  readonly status: number;
  /** Stable code for programs, UPPER_SNAKE_CASE. */
  readonly code: string;
  /** Sentence for people, 500 characters at most. */
  readonly description: string;
  /** Whole seconds after which another attempt is worthwhile. */
  readonly retryAfter: number | undefined;
  /** The failed parameters, 100 at most. */
  readonly failures: readonly ParameterFailure[] | undefined;
  /** Further members of the error, as plain data. */
  readonly members: Members | undefined;
}

/** The longest members, as JSON. */
const MAX_MEMBERS = 16_384;
const MAX_FAILURES = 100;
const MAX_SECONDS = 2 ** 31 - 1;
const MAX_LIMIT = 64;
const RULE = /^[\w$-]{1,64}$/;
const PLACES = new Set<unknown>(['body', 'query', 'path']);
const LIMITS = ['min', 'max', 'exclusiveMin', 'exclusiveMax'] as const;

/** What an answer has names for, in whichever shape it is sent. */
const NAMED = new Set([
  'status',
  'message',
  'code',
  'description',
  'requestId',
  'failures',
  'retryAfter',
]);

/**
 * What a service sent over one of Nest's transports of messages; `undefined` for what is not of this
 * contract.
 *
 * @internal
 */
export function readSentError(sent: object): SentError | undefined {
  const { status, code, description, retryAfter, failures, ...rest } = sent as Record<
    keyof SentError,
    unknown
  >;
  const members = Object.entries(rest).filter(([name]) => !NAMED.has(name));
  return checkedError({
    status,
    code,
    description,
    retryAfter,
    failures,
    members: members.length > 0 ? Object.fromEntries(members) : undefined,
  });
}

/** Takes of each part no more than what is one. @internal */
export function checkedError(sent: Record<keyof SentError, unknown>): SentError | undefined {
  const { status, code } = sent;
  const description = toDescription(sent.description);
  return isErrorStatus(status) && isErrorCode(code) && description !== undefined
    ? {
        status,
        code,
        description,
        retryAfter: secondsOf(sent.retryAfter),
        failures: failuresOf(sent.failures),
        members: membersOf(sent.members),
      }
    : undefined;
}

function secondsOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value)
    ? Math.min(MAX_SECONDS, Math.ceil(value))
    : undefined;
}

function membersOf(value: unknown): Members | undefined {
  const text = value === undefined ? undefined : JSON.stringify(value);
  if (text === undefined || text.length > MAX_MEMBERS) {
    return undefined;
  }
  // Whoever assigns what has such a key would change a prototype
  const members = JSON.parse(text, (key, part: unknown) =>
    key === '__proto__' ? undefined : part,
  ) as Members;
  return Object.keys(members).length > 0 ? members : undefined;
}

function failuresOf(value: unknown): readonly ParameterFailure[] | undefined {
  const failures = Array.isArray(value) ? value.slice(0, MAX_FAILURES).flatMap(failureOf) : [];
  return failures.length > 0 ? failures : undefined;
}

function failureOf(value: unknown): ParameterFailure[] {
  const {
    parameter,
    in: place,
    rule,
    limits,
    description,
  } = Object(value) as Record<keyof ParameterFailure, unknown>;
  const texts = { parameter: toDescription(parameter), description: toDescription(description) };
  if (!texts.parameter || !texts.description || typeof rule !== 'string' || !RULE.test(rule)) {
    return [];
  }
  const read = limitsOf(limits);
  return [
    {
      parameter: texts.parameter,
      ...(PLACES.has(place) && { in: place as NonNullable<ParameterFailure['in']> }),
      rule,
      ...(Object.keys(read).length > 0 && { limits: read }),
      description: texts.description,
    },
  ];
}

function limitsOf(value: unknown): NonNullable<ParameterFailure['limits']> {
  const limits = Object(value) as Record<string, unknown>;
  return Object.fromEntries(
    LIMITS.map((name) => [name, limits[name]] as const).filter(
      ([, limit]) =>
        (typeof limit === 'number' && Number.isFinite(limit)) ||
        (typeof limit === 'string' && limit.length <= MAX_LIMIT),
    ),
  );
}
