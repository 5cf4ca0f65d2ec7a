import { STATUS_CODES } from 'node:http';
import type { HttpException, ValidationError } from '@nestjs/common';
import type { ApiException } from '../../contract/exceptions/api.exception.js';
import { toDescription } from '../../contract/catalogue/description.js';
import type { Translate } from '../../nest/translation.js';
import { readClassValidator, type Say } from './class-validator.reader.js';
import { parameterPath } from './parameter-path.js';
import { resourceOf } from './resource.decorator.js';
import { validationException } from './validation.exception.js';

/** What a translation gets in place of the value that was sent. */
const NO_VALUE = '…';

/** `validation.NOT_EMPTY`, which no sentence looks like. */
const KEY = /^[\w-]+(?:\.[\w-]+)+$/;

/**
 * The exception of what a pipe refuses that keeps class-validator's errors on what it throws, as
 * nestjs-i18n's does, in the language of the request. One that says something beside them is answered
 * with that.
 *
 * @returns `undefined` for any other exception
 * @internal
 */
export function i18nException(
  thrown: HttpException,
  translate: Translate | undefined,
): ApiException | undefined {
  const { errors } = thrown as { errors?: unknown };
  const saysNothing = thrown.getStatus() === 400 && thrown.message === STATUS_CODES[400];
  if (!saysNothing || !areValidationErrors(errors)) {
    return undefined;
  }
  const type = errors[0]?.target?.constructor;
  const failures = readClassValidator(errors, undefined, type, sayer(translate));
  return failures.length > 0
    ? validationException(failures, { cause: thrown, resource: resourceOf(type) })
    : undefined;
}

function areValidationErrors(errors: unknown): errors is ValidationError[] {
  return (
    Array.isArray(errors) &&
    errors.length > 0 &&
    errors.every(
      (error: Partial<ValidationError> | null) =>
        typeof error?.property === 'string' &&
        (typeof error.constraints === 'object' || Array.isArray(error.children)),
    )
  );
}

/** `i18nValidationMessage()` makes `key|{…}` of a key and what its translation is filled with. */
function sayer(translate: Translate | undefined): Say {
  return (message, { property, contexts }, path) => {
    const end = message.indexOf('|{');
    const key = end === -1 ? message : message.slice(0, end);
    if (end === -1 && !KEY.test(key)) {
      return undefined;
    }
    const { constraints, ...args } = argsIn(end === -1 ? '{}' : message.slice(end + 1));
    const all = {
      property,
      contexts,
      ...args,
      constraints: { ...Object(constraints) },
      value: NO_VALUE,
    };
    const text = translate && translated(translate, key, all);
    const name = parameterPath(path);
    return text === undefined ? `${name} is not valid` : `${name}: ${text}`;
  };
}

function argsIn(text: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return {};
  }
}

/** What has no translation is said to be its key. */
function translated(translate: Translate, key: string, args: object): string | undefined {
  try {
    const text = translate(key, { ...args });
    return text === key ? undefined : toDescription(text)?.replace(/\.$/, '');
  } catch {
    return undefined;
  }
}
