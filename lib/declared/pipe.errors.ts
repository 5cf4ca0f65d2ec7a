import {
  ParseArrayPipe,
  ParseBoolPipe,
  ParseDatePipe,
  ParseEnumPipe,
  ParseFilePipe,
  ParseFloatPipe,
  ParseIntPipe,
  ParseUUIDPipe,
  ValidationPipe,
} from '@nestjs/common';
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { contractRows } from '../catalogue/contract-rows.js';
import { ApiException } from '../exceptions/api.exception.js';
import { mapHttpException } from '../mapping/http-exception.mapping.js';
import { isHttpException } from '../mapping/http-shapes.js';
import { validationExceptionFactory } from '../validation/validation-exception.factory.js';
import type { RouteParameter } from './route-parameters.js';
import { validationErrors } from './validation.errors.js';
import type { ValidatorPackages } from './validator.packages.js';

const NEST_PIPES: readonly (abstract new (...args: never[]) => object)[] = [
  ParseArrayPipe,
  ParseBoolPipe,
  ParseDatePipe,
  ParseEnumPipe,
  ParseFilePipe,
  ParseFloatPipe,
  ParseIntPipe,
  ParseUUIDPipe,
  ValidationPipe,
];

/** What all of Nest's pipes that refuse values make their exceptions with. */
type ExceptionFactory = (error: unknown) => unknown;

/**
 * What one of Nest's pipes refuses a parameter with. A pipe given as a class is made by Nest, without
 * options; one given as an instance has a factory of exceptions, which is asked for one.
 *
 * @internal
 */
export function pipeErrors(
  pipe: unknown,
  parameter: RouteParameter,
  packages: ValidatorPackages | undefined,
): CatalogueEntry[] {
  if (typeof pipe === 'function') {
    return NEST_PIPES.some((type) => pipe === type || pipe.prototype instanceof type)
      ? [contractRows.invalidParameter]
      : [];
  }
  const factory = (pipe as { exceptionFactory?: ExceptionFactory } | null)?.exceptionFactory;
  if (typeof factory !== 'function') {
    return [];
  }
  if (!(pipe instanceof ValidationPipe)) {
    return madeBy(factory, 'The parameter is not valid.');
  }
  const options = { ...pipe['validatorOptions'], expectedType: pipe['expectedType'] };
  const failures = packages ? validationErrors(parameter, options, packages) : [];
  if (factory === validationExceptionFactory || failures.length === 0) {
    return failures;
  }
  return madeBy(factory, []);
}

function madeBy(factory: ExceptionFactory, argument: unknown): CatalogueEntry[] {
  try {
    const made = factory(argument);
    const exception =
      made instanceof ApiException || !isHttpException(made)
        ? made
        : mapHttpException(made, { rejectedByPipes: true });
    return exception instanceof ApiException ? [rowOf(exception)] : [];
  } catch {
    // A factory that looks at what failed, of which nothing can be said here
    return [];
  }
}

function rowOf(exception: ApiException): CatalogueEntry {
  const { code } = exception;
  const status = exception.getStatus();
  const known = Object.values(contractRows).find(
    (row) => row.status === status && row.code === code,
  );
  return known ?? { status, code, description: exception.description };
}
