import type { ParameterFailure } from '../../contract/exceptions/api-exception.options.js';

/**
 * What is wrong with a parameter: it is absent, its size or its value is out of bounds, or anything
 * else.
 *
 * @internal
 */
export type FailureKind = 'missing' | 'size' | 'bound' | 'invalid';

/**
 * One failed rule of one parameter, whichever validator found it. Codes, descriptions, the listed
 * failures and declared errors are made from this alone; each validator has a reader into it.
 *
 * @internal
 */
export interface ValidationFailure {
  /** Steps from the body, the query or the path to the parameter: `['items', 2, 'price']`. */
  readonly path: readonly (string | number)[];
  /** Whether it is all of the body that is wrong, which has no path but a name. */
  readonly isWhole?: boolean;
  /** Where the parameter was sent, where known. */
  readonly place: ParameterFailure['in'];
  readonly kind: FailureKind;
  /** Name of the failed rule, as class-validator names it. */
  readonly rule: string;
  /** The limits that the rule has, where it has any and says them. */
  readonly limits?: ParameterFailure['limits'];
  /** What the rule demands, as a sentence without a full stop; no value that was sent is in it. */
  readonly description: string;
}

/** The one kind of an answer: the kind that every failure is of, else `invalid`. @internal */
export function kindOfFailures(failures: readonly ValidationFailure[]): FailureKind {
  const [first] = failures;
  return first && failures.every(({ kind }) => kind === first.kind) ? first.kind : 'invalid';
}
