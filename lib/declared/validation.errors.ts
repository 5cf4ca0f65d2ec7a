import type { Type } from '@nestjs/common';
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { contractRows } from '../catalogue/contract-rows.js';
import { resourceRow } from '../catalogue/resource-rows.js';
import { resourceOf } from '../validation/resource.decorator.js';
import type { FailureKind } from '../validation/validation-code.js';
import type { ValidationOptions } from '../validation/validation.options.js';
import { dtoFailures } from './dto-failures.js';
import type { RouteParameter } from './route-parameters.js';
import type { ValidatorPackages } from './validator.packages.js';

/** What Nest's `ValidationPipe` hands on without a look at it. */
const NO_DTO = new Set<unknown>([String, Boolean, Number, Array, Object, Date, Buffer]);

/**
 * What a validation pipe with these options refuses a parameter with.
 *
 * @internal
 */
export function validationErrors(
  parameter: RouteParameter,
  { code, expectedType, validateCustomDecorators, ...options }: ValidationOptions,
  packages: ValidatorPackages,
): CatalogueEntry[] {
  const type = expectedType ?? parameter.metatype;
  const isAsked = parameter.in !== 'other' || validateCustomDecorators;
  if (!isAsked || typeof type !== 'function' || NO_DTO.has(type)) {
    return [];
  }
  const dto = { type: type as Type, options, isPath: parameter.in === 'path' };
  const kinds = [...dtoFailures(dto, packages)];
  return code && kinds.length > 0
    ? [contractRows.invalidParameter]
    : kinds.map((kind) => rowOfKind(kind, resourceOf(type)));
}

const rows: Readonly<Record<Exclude<FailureKind, 'invalid'>, CatalogueEntry>> = {
  missing: contractRows.missingParameter,
  outOfRange: contractRows.parameterOutOfRange,
  limitExceeded: contractRows.parameterLimitExceeded,
};

function rowOfKind(kind: FailureKind, resource: string | undefined): CatalogueEntry {
  if (kind !== 'invalid') {
    return rows[kind];
  }
  return resource === undefined
    ? contractRows.invalidParameter
    : resourceRow('invalidResource', resource);
}
