import type { FailureLimits } from '../../contract/exceptions/api-exception.options.js';

/** As JSON has it: a date is its ISO 8601 text, an integer that no number holds is text too. */
function toLimit(value: unknown): number | string | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : undefined;
  }
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
}

/**
 * The limits of a rule, as far as the rule says them.
 *
 * @returns `undefined` where it says none
 * @internal
 */
export function limitsOf(
  said: Readonly<Partial<Record<keyof FailureLimits, unknown>>>,
): FailureLimits | undefined {
  const limits = Object.entries(said)
    .map(([name, value]) => [name, toLimit(value)] as const)
    .filter(([, value]) => value !== undefined);
  return limits.length === 0 ? undefined : Object.fromEntries(limits);
}
