import type { ValidationFailure } from './validation-failures.js';

/** class-validator's rules that bound a value. */
const BOUNDS = new Set(['min', 'max', 'minDate', 'maxDate', 'isPositive', 'isNegative']);

/** class-validator's rules that bound a size. */
const SIZES = new Set([
  'minLength',
  'maxLength',
  'isLength',
  'isByteLength',
  'arrayMinSize',
  'arrayMaxSize',
]);

/** What all failures of one answer have in common. @internal */
export type FailureKind = 'missing' | 'outOfRange' | 'limitExceeded' | 'invalid';

/** The kind of one rule, by its class-validator name, for a parameter that was sent. @internal */
export function kindOfRule(rule: string): FailureKind {
  return BOUNDS.has(rule) ? 'outOfRange' : SIZES.has(rule) ? 'limitExceeded' : 'invalid';
}

/**
 * The one kind of an answer: the kind that every failure is of, else `invalid`.
 *
 * @internal
 */
export function kindOfFailures(failures: readonly ValidationFailure[]): FailureKind {
  const kinds = new Set(
    failures.map(({ absent, rule }) => (absent ? 'missing' : kindOfRule(rule))),
  );
  const [kind] = kinds;
  return kinds.size === 1 && kind ? kind : 'invalid';
}
