import type { ArgumentMetadata, ValidationError } from '@nestjs/common';
import type { ApiException } from '../../contract/exceptions/api.exception.js';
import { readClassValidator } from './class-validator.reader.js';
import { resourceOf } from './resource.decorator.js';
import { type CodeRules, validationException } from './validation.exception.js';
import type { ValidationFailure } from './validation-failure.js';

const PLACES: Partial<Record<ArgumentMetadata['type'], ValidationFailure['place']>> = {
  body: 'body',
  query: 'query',
  param: 'path',
};

/** Where an argument was sent, where it was sent at all. @internal */
export function placeOf(type: ArgumentMetadata['type'] | undefined): ValidationFailure['place'] {
  return type && PLACES[type];
}

/** The exception of an argument of a handler that class-validator refused. @internal */
export function failedArgument(
  errors: readonly ValidationError[],
  { type, metatype }: ArgumentMetadata,
  rules: Omit<CodeRules, 'resource'> = {},
): ApiException {
  const failures = readClassValidator(errors, placeOf(type), metatype);
  return validationException(failures, { ...rules, resource: resourceOf(metatype) });
}
