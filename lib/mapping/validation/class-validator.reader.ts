import type { ValidationError } from '@nestjs/common';
import { nestedType, rulesOfClass } from './class-validator.metadata.js';
import { ABOUT_NO_PARAMETER, type FailedRule, ruleText } from './class-validator.texts.js';
import { kindOfRule, limitsOfRule, wrongType } from './class-validator.rules.js';
import { parameterPath } from './parameter-path.js';
import type { ValidationFailure } from './validation-failure.js';

/** What a body may make the server say of it: failures past these are not looked at. */
const MAX_FAILURES = 50;

type Path = ValidationFailure['path'];
type Place = ValidationFailure['place'];

/** What a message says, where it is known better than by the message itself. @internal */
export type Say = (message: string, error: ValidationError, path: Path) => string | undefined;

/** An error, and what is known from those around it. */
interface Found {
  readonly error: ValidationError;
  readonly parent: Path;
  /** The class whose rules failed, where the error itself does not say. */
  readonly type: unknown;
}

/**
 * The failed rules of class-validator's errors, depth first and at most 50.
 *
 * @param type - the class of what was validated
 * @param say - as a description, what a message says
 * @internal
 */
export function readClassValidator(
  errors: readonly ValidationError[],
  place?: Place,
  type?: unknown,
  say?: Say,
): ValidationFailure[] {
  const failures: ValidationFailure[] = [];
  // A stack of its own, as the body decides how deep errors go
  const pending: Found[] = [];
  const push = (found: readonly ValidationError[], parent: Path, around: unknown) => {
    for (const error of found.toReversed()) {
      pending.push({ error, parent, type: error.target?.constructor ?? around });
    }
  };
  push(errors, [], type);
  while (pending.length > 0 && failures.length < MAX_FAILURES) {
    const found = pending.pop()!;
    const { error, parent } = found;
    const step = toStep(error.property);
    const path = [...parent, step];
    failures.push(...failuresOf(found, path, place, say));
    if (error.children && error.children.length > 0) {
      const isItem = typeof step === 'number';
      push(error.children, path, isItem ? found.type : nestedType(found.type, error.property));
    }
  }
  return failures.slice(0, MAX_FAILURES);
}

/** class-validator names an item of an array by its index, in text. */
function toStep(property: string | undefined): string | number {
  const name = property ?? '';
  return /^\d{1,9}$/.test(name) ? Number(name) : name;
}

function failuresOf(
  { error, type }: Found,
  path: Path,
  place: Place,
  say: Say | undefined,
): ValidationFailure[] {
  const rules = Object.entries(error.constraints ?? {});
  if (isAbsent(error, rules)) {
    // That it has to be there is not what a rule on its size says
    const [, message] = rules.find(([rule]) => kindOfRule(rule) === 'invalid') ?? rules[0]!;
    const description = say?.(message, error, path) ?? `${parameterPath(path)} is required`;
    return [{ path, place, kind: 'missing', rule: 'isDefined', description }];
  }
  const own = rulesOfClass(type).get(error.property) ?? [];
  const failures = rules
    .map(([rule, message]) => {
      const decorators = own.filter(({ name, type: kind }) => (name ?? kind) === rule);
      const failure = toFailure({ error, rule, message, path, decorators }, place);
      const said = say?.(message, error, path);
      return said === undefined ? failure : { ...failure, description: said };
    })
    .toSorted((a, b) => rankOf(a) - rankOf(b));
  return failures.filter(
    ({ description }, index) =>
      failures.findIndex((other) => other.description === description) === index,
  );
}

/**
 * Of a parameter that is not there one thing is wrong, however many rules it has. An error that has
 * not got the value, as a pipe of the application may want it, says nothing of whether it was there.
 */
function isAbsent(error: ValidationError, rules: readonly [string, string][]): boolean {
  return (
    'value' in error &&
    error.value === undefined &&
    rules.some(([rule]) => !ABOUT_NO_PARAMETER.has(rule))
  );
}

/**
 * The real fault of a parameter comes first: a length says nothing of what is no text, and a rule on the
 * length less of that than one on the type.
 */
function rankOf({ kind, rule }: ValidationFailure): number {
  return kind === 'bound' || kind === 'size' ? 2 : kindOfRule(rule) === kind ? 0 : 1;
}

function toFailure(failed: FailedRule, place: Place): ValidationFailure {
  const { error, rule, path, decorators } = failed;
  const each = decorators.some((decorator) => decorator.each);
  const demand = 'value' in error ? wrongType(rule, error.value, each) : undefined;
  const limits =
    decorators.length === 1 ? limitsOfRule(rule, decorators[0]!.constraints) : undefined;
  return demand === undefined
    ? { path, place, rule, kind: kindOfRule(rule), limits, description: ruleText(failed) }
    : {
        path,
        place,
        rule,
        kind: 'invalid',
        description: `${each ? 'each value in ' : ''}${parameterPath(path)} must be ${demand}`,
      };
}
