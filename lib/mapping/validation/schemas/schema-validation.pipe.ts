import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { refuseOption } from '../../../contract/options/option-readers.js';
import { validatedBySchema } from './schema-validation.js';
import { isStandardSchema, type StandardSchema } from './standard-schema.js';

/** What every copy of this library knows the pipe of another one by. */
const BRAND = Symbol.for('nestjs-api-errors:schema-validation-pipe');

/**
 * Validates a parameter with a schema of any library that follows Standard Schema
 * (https://standardschema.dev), and hands on what the schema makes of it. What it refuses has the codes
 * that class-validator's failures have. For Nest 11; on Nest 12 `@Body({ schema })` does the same.
 *
 * @example `@Body(new SchemaValidationPipe(BookSchema)) book: Book`
 * @publicApi
 */
export class SchemaValidationPipe<Output = unknown> implements PipeTransform<
  unknown,
  Output | Promise<Output>
> {
  static {
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

  /** @throws TypeError where it is no such schema. */
  constructor(readonly schema: StandardSchema<Output>) {
    if (!isStandardSchema(schema)) {
      refuseOption(
        'SchemaValidationPipe',
        'takes a schema that has ~standard: of zod, valibot, arktype',
      );
    }
  }

  /** @throws ApiException of what the schema refuses. */
  transform(value: unknown, metadata: ArgumentMetadata): Output | Promise<Output> {
    return validatedBySchema(this.schema, value, metadata);
  }
}

/** @internal */
export function isSchemaValidationPipe(pipe: unknown): pipe is SchemaValidationPipe {
  return typeof pipe === 'object' && pipe !== null && BRAND in pipe;
}
