import { ValidationPipe } from '@nestjs/common';
import type { CatalogueEntry } from '../../contract/catalogue/catalogue-entry.js';
import { contractRows } from '../../contract/catalogue/contract-rows.js';
import { rowForStatus } from '../../contract/catalogue/status-rows.js';
import { validationExceptionFactory } from '../../mapping/validation/validation-exception.factory.js';
import type { ValidatorPackages } from '../../mapping/validation/validator.packages.js';
import { isDefaultValuePipe, refusalOf } from '../../nest/pipes.js';
import type { RouteParameter } from '../../nest/route-parameters.js';
import { schemaOfPipe } from '../../mapping/validation/schemas/schema-of-pipe.js';
import { schemaErrors, validationErrors } from './validation.errors.js';

/**
 * What one of Nest's pipes refuses a parameter with. Nothing is known of the exceptions that a factory
 * of the application's makes, but for the one that this library has.
 *
 * @internal
 */
export function pipeErrors(
  pipe: unknown,
  parameter: RouteParameter,
  packages: ValidatorPackages | undefined,
): CatalogueEntry[] {
  const validated = schemaOfPipe(pipe, parameter);
  if (validated) {
    const { schema, status } = validated;
    return status === 400 ? schemaErrors(schema, parameter) : rowsOf(status);
  }
  const refusal = refusalOf(pipe);
  if (!refusal) {
    return [];
  }
  if (pipe instanceof ValidationPipe) {
    const options = { ...pipe['validatorOptions'], expectedType: pipe['expectedType'] };
    const failures = packages ? validationErrors(parameter, options, packages) : [];
    const isOurs = refusal.exceptionFactory === validationExceptionFactory;
    return isOurs || failures.length === 0 ? failures : rowsOf(refusal.status);
  }
  const isOptional = parameter.in === 'path' || parameter.pipes.some(isDefaultValuePipe);
  return [
    ...rowsOf(refusal.status),
    ...(refusal.status === 400 && refusal.isRequired && !isOptional
      ? [contractRows.missingParameter]
      : []),
  ];
}

/** `undefined` where the application makes the exception. */
function rowsOf(status: number | undefined): CatalogueEntry[] {
  return status === undefined
    ? []
    : [status === 400 ? contractRows.invalidParameter : rowForStatus(status)];
}
