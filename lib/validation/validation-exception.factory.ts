import type { ValidationError } from '@nestjs/common';
import { MAX_DESCRIPTION_LENGTH } from '../catalogue/description.js';
import type { ParameterFailure } from '../exceptions/api-exception.options.js';
import type { ApiException } from '../exceptions/api.exception.js';
import {
  InvalidParameterException,
  MissingParameterException,
  ParameterLimitExceededException,
  ParameterOutOfRangeException,
} from '../exceptions/contract.exceptions.js';
import { InvalidResourceException } from '../exceptions/resource.exceptions.js';
import { resourceOf } from './resource.decorator.js';
import { kindOfFailures } from './validation-code.js';
import { type ValidationFailure, validationFailures } from './validation-failures.js';

/** What is known of the parameter that failed beside class-validator's errors. @internal */
export interface FailedParameter {
  readonly in?: ParameterFailure['in'];
  readonly metatype?: unknown;
  readonly code?: 'INVALID_PARAMETER';
}

/**
 * Turns class-validator's errors into an exception of the catalogue: MISSING_PARAMETER where every
 * failed parameter was absent, OUT_OF_RANGE where every failure is a bound, LIMIT_EXCEEDED where
 * every failure is a size, else INVALID_{RESOURCE} for a DTO marked `@Resource()`, else
 * INVALID_PARAMETER. For a `ValidationPipe` of the application's own:
 *
 * @example `new ValidationPipe({ exceptionFactory: validationExceptionFactory })`
 * @publicApi
 */
export function validationExceptionFactory(errors: ValidationError[]): ApiException {
  return validationException(errors, { metatype: errors[0]?.target?.constructor });
}

/** {@link validationExceptionFactory} with what the pipe knows of the parameter. @internal */
export function validationException(
  errors: readonly ValidationError[],
  parameter: FailedParameter,
): ApiException {
  const found = validationFailures(errors, parameter.in);
  const description = summary(found);
  const failures = found.map(({ absent: _absent, ...failure }) => failure);
  const kind = parameter.code ? 'invalid' : kindOfFailures(found);
  if (kind === 'missing') {
    return new MissingParameterException(description, { failures });
  }
  if (kind === 'outOfRange') {
    return new ParameterOutOfRangeException(description, { failures });
  }
  if (kind === 'limitExceeded') {
    return new ParameterLimitExceededException(description, { failures });
  }
  const resource = parameter.code ? undefined : resourceOf(parameter.metatype);
  return resource === undefined
    ? new InvalidParameterException(description, { failures })
    : new InvalidResourceException(resource, description, { failures });
}

/** One sentence a parameter, as many as fit; the rest is counted. */
function summary(failures: readonly ValidationFailure[]): string {
  const sentences = new Map<string, string>();
  for (const { parameter, absent, description } of failures) {
    if (!sentences.has(parameter)) {
      sentences.set(parameter, absent ? `${parameter} is required` : description);
    }
  }
  const all = [...sentences.values()];
  let text = '';
  let count = 0;
  for (const sentence of all) {
    const next = text === '' ? sentence : `${text}; ${sentence}`;
    if (count > 0 && next.length > MAX_DESCRIPTION_LENGTH - 20) {
      break;
    }
    text = next;
    count += 1;
  }
  const rest = all.length - count;
  return rest > 0 ? `${text}; and ${rest} more.` : `${text}.`;
}
