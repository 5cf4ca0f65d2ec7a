import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { validatedBySchema } from './schemas/schema-validation.js';
import { isStandardSchema } from './schemas/standard-schema.js';
import type { CodeRules } from './validation.exception.js';

/** What every copy of this library knows the pipe of another one by. */
const BRAND = Symbol.for('nestjs-api-errors:validation-pipe');

/** Which values are this library's to validate. */
interface Scope {
  covers(value: unknown, metadata: ArgumentMetadata): boolean;
}

/** What validates where a parameter has no schema. @internal */
export interface ClassValidationPipe extends PipeTransform {
  /** Whether it would look at a value of such a parameter at all. */
  looksAt(metadata: ArgumentMetadata): boolean;
}

/** What is wanted of schemas. */
interface SchemaRules extends Omit<CodeRules, 'resource'> {
  /** Whether what a schema makes of a value is handed on, or the value as it came. */
  readonly transform: boolean;
}

/**
 * The global pipe: validates what is this library's to validate, by the schema of a parameter where it
 * has one (`@Body({ schema })` of Nest 12), else by its class.
 *
 * @internal
 */
export class GlobalValidationPipe implements PipeTransform {
  static {
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

  constructor(
    private readonly pipe: ClassValidationPipe,
    private readonly scope: Scope,
    private readonly rules: SchemaRules,
  ) {}

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const { schema } = metadata as { readonly schema?: unknown };
    const isLookedAt = schema !== undefined || this.pipe.looksAt(metadata);
    if (!isLookedAt || !this.scope.covers(value, metadata)) {
      return value;
    }
    if (!isStandardSchema(schema)) {
      return this.pipe.transform(value, metadata) as unknown;
    }
    if (metadata.type === 'custom') {
      return value;
    }
    const made = validatedBySchema(schema, value, metadata, this.rules);
    return this.rules.transform ? made : valueAfter(made, value);
  }
}

/** A value as it came, once it is known to be valid. */
function valueAfter(made: unknown, value: unknown): unknown {
  return made instanceof Promise ? made.then(() => value) : value;
}

/** @internal */
export function isGlobalValidationPipe(pipe: unknown): boolean {
  return typeof pipe === 'object' && pipe !== null && BRAND in pipe;
}
