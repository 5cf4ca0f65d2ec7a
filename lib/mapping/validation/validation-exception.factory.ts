import { type ValidationError, ValidationPipe } from '@nestjs/common';
import type { ApiException } from '../../contract/exceptions/api.exception.js';
import { observePipe } from '../../nest/pipes.js';
import { readClassValidator } from './class-validator.reader.js';
import { failedArgument } from './failed-argument.js';
import { resourceOf } from './resource.decorator.js';
import { validationException } from './validation.exception.js';

/** On an exception of the factory: the errors that it was made of. */
const ERRORS = Symbol.for('nestjs-api-errors:validation-errors');

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
  const type = errors[0]?.target?.constructor;
  const exception = validationException(readClassValidator(errors, undefined, type), {
    resource: resourceOf(type),
  });
  return Object.defineProperty(exception, ERRORS, { value: errors });
}

/**
 * Lets what the factory made in a pipe of the application's say where the parameter was sent and which
 * resource it is: the factory alone is not told.
 *
 * @internal
 */
export function observeValidationPipe(): void {
  observePipe(ValidationPipe, (error, metadata) => {
    const errors = (error as { [ERRORS]?: ValidationError[] } | null | undefined)?.[ERRORS];
    return errors ? failedArgument(errors, metadata) : error;
  });
}
