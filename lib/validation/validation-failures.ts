import type { ValidationError } from '@nestjs/common';
import { toDescription } from '../catalogue/description.js';
import type { ParameterFailure } from '../exceptions/api-exception.options.js';
import { withoutValue } from './without-value.js';

/** A failed rule, and whether its parameter was sent at all. @internal */
export interface ValidationFailure extends ParameterFailure {
  readonly absent: boolean;
}

/** What a body may make the server say of it: failures past these are not looked at. */
const MAX_FAILURES = 50;
const MAX_PATH_LENGTH = 200;

/** Rules of which a parameter that is not there fails none: those of what is not expected. */
const ABOUT_NO_PARAMETER = new Set(['whitelistValidation', 'unknownValue']);

/**
 * The failed rules of class-validator's errors, depth first and at most 50, with the path of each
 * parameter and without the values sent.
 *
 * @internal
 */
export function validationFailures(
  errors: readonly ValidationError[],
  location?: ParameterFailure['in'],
): ValidationFailure[] {
  const failures: ValidationFailure[] = [];
  // A stack of its own, as the body decides how deep errors go
  const pending = errors.map((error) => ({ error, parent: '' })).toReversed();
  while (pending.length > 0 && failures.length < MAX_FAILURES) {
    const { error, parent } = pending.pop()!;
    const path = childPath(parent, error.property);
    for (const [rule, message] of Object.entries(error.constraints ?? {})) {
      failures.push({
        parameter: path,
        ...(location && { in: location }),
        rule,
        description: describe(error, path, message),
        absent: error.value === undefined && !ABOUT_NO_PARAMETER.has(rule),
      });
    }
    for (const child of error.children?.toReversed() ?? []) {
      pending.push({ error: child, parent: path });
    }
  }
  return failures.slice(0, MAX_FAILURES);
}

function childPath(parent: string, property: string | undefined): string {
  const name = toDescription(property) ?? '';
  const step = /^\d+$/.test(name)
    ? `[${name}]`
    : /^[\w$]+$/.test(name) || parent === ''
      ? `${parent && '.'}${name}`
      : `[${JSON.stringify(name)}]`;
  const path = `${parent}${step}`;
  return path.length > MAX_PATH_LENGTH ? `${path.slice(0, MAX_PATH_LENGTH - 1)}…` : path;
}

/** class-validator's messages start with the property: its place is taken by the whole path. */
function describe(error: ValidationError, path: string, message: unknown): string {
  const text = String(message);
  const { property } = error;
  const named = text.startsWith(`${property} `);
  const rest = withoutValue(named ? text.slice(property.length) : text, error.value);
  const described = named ? `${path}${rest}` : path === property ? rest : `${path}: ${rest}`;
  return toDescription(described) ?? `${path} is not valid`;
}
