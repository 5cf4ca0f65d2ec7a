import type { ArgumentMetadata } from '@nestjs/common';
import { BadRequestException } from '../../../contract/exceptions/contract.exceptions.js';
import { isTooDeep } from '../depth.js';
import { resourceOf } from '../resource.decorator.js';
import { type CodeRules, validationException } from '../validation.exception.js';
import { schemaFailures } from './schema.failures.js';
import type { StandardResult, StandardSchema } from './standard-schema.js';

/**
 * What a schema makes of an argument of a handler.
 *
 * @throws ApiException of what it refuses.
 * @internal
 */
export function validatedBySchema<Output>(
  schema: StandardSchema<Output>,
  value: unknown,
  metadata: ArgumentMetadata,
  rules: Omit<CodeRules, 'resource'> = {},
): Output | Promise<Output> {
  const { vendor, validate } = schema['~standard'];
  const made = (result: StandardResult<Output>): Output => {
    if (!result.issues) {
      return result.value;
    }
    const failures = schemaFailures({
      issues: result.issues,
      vendor,
      argument: { value, metadata },
    });
    throw validationException(failures, { ...rules, resource: resourceOf(metadata.metatype) });
  };
  try {
    const result = validate(value);
    return 'then' in result
      ? result.then(made, (error: unknown) => refuseTooDeep(value, error))
      : made(result);
  } catch (error) {
    return refuseTooDeep(value, error);
  }
}

/** A schema that refers to itself is walked recursively. */
function refuseTooDeep(value: unknown, cause: unknown): never {
  throw cause instanceof RangeError && isTooDeep(value)
    ? new BadRequestException({ cause })
    : cause;
}
