import type { Type } from '@nestjs/common';
import type { CatalogueEntry } from '../../contract/catalogue/catalogue-entry.js';
import { contractRows } from '../../contract/catalogue/contract-rows.js';
import { resourceRow } from '../../contract/catalogue/resource-rows.js';
import { schemaKinds } from '../../mapping/validation/schemas/schema.kinds.js';
import type { StandardSchema } from '../../mapping/validation/schemas/standard-schema.js';
import { resourceOf } from '../../mapping/validation/resource.decorator.js';
import type { FailureKind } from '../../mapping/validation/validation-failure.js';
import type { ValidationOptions } from '../../mapping/validation/validation.options.js';
import { dtoFailures } from '../../mapping/validation/dto-failures.js';
import type { RouteParameter } from '../../nest/route-parameters.js';
import type { ValidatorPackages } from '../../mapping/validation/validator.packages.js';

/** What Nest's `ValidationPipe` hands on without a look at it. */
const NO_DTO = new Set<unknown>([String, Boolean, Number, Array, Object, Date, Buffer]);

/** What a validation pipe with these options refuses a parameter with. @internal */
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
  const failures = dtoFailures(dto, packages);
  if (parameter.in === 'body' && failures.size > 0) {
    // A body that is no object
    failures.add('invalid');
  }
  const kinds = [...failures];
  return code && kinds.length > 0
    ? [contractRows.invalidParameter]
    : kinds.map((kind) => rowOfKind(kind, resourceOf(type)));
}

/** What a parameter is refused with by a schema. @internal */
export function schemaErrors(
  schema: StandardSchema,
  { in: place, name, metatype }: RouteParameter,
  { code }: Pick<ValidationOptions, 'code'> = {},
): CatalogueEntry[] {
  const kinds = new Set(schemaKinds(schema));
  if (place === 'body' || (place === 'query' && name !== undefined)) {
    kinds.add('missing');
  }
  if (place === 'path') {
    kinds.delete('missing');
  }
  return code
    ? [contractRows.invalidParameter]
    : [...kinds].map((kind) => rowOfKind(kind, resourceOf(metatype)));
}

const rows: Readonly<Record<Exclude<FailureKind, 'invalid'>, CatalogueEntry>> = {
  missing: contractRows.missingParameter,
  bound: contractRows.parameterOutOfRange,
  size: contractRows.parameterLimitExceeded,
};

function rowOfKind(kind: FailureKind, resource: string | undefined): CatalogueEntry {
  if (kind !== 'invalid') {
    return rows[kind];
  }
  return resource === undefined
    ? contractRows.invalidParameter
    : resourceRow('invalidResource', resource);
}
