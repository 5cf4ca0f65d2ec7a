import { classOf } from '../../../nest/route-enhancers.js';
import type { RouteParameter } from '../../../nest/route-parameters.js';
import { schemaPipe } from '../../../nest/schema-pipe.js';
import { isSchemaValidationPipe } from './schema-validation.pipe.js';
import { isStandardSchema, type StandardSchema } from './standard-schema.js';

/** What is read of Nest's pipe and of nestjs-zod's. */
interface PipeWithSchema {
  readonly schemaOrDto?: unknown;
  readonly options?: {
    /** Where the application makes exceptions. */
    readonly exceptionFactory?: unknown;
    readonly errorHttpStatusCode?: number;
  };
}

/** How a pipe validates a parameter. @internal */
export interface SchemaOfPipe {
  readonly schema: StandardSchema;
  /** What it answers with, if not 400. */
  readonly status: number;
}

/**
 * The schema that a pipe validates a parameter by, where what it refuses has the codes of validation:
 * this library's pipe, Nest's for schemas and nestjs-zod's.
 *
 * @internal
 */
export function schemaOfPipe(pipe: unknown, parameter: RouteParameter): SchemaOfPipe | undefined {
  const schema = isSchemaValidationPipe(pipe) ? pipe.schema : schemaOfOthers(pipe, parameter);
  const { options } = (pipe ?? {}) as PipeWithSchema;
  return schema && { schema, status: options?.errorHttpStatusCode ?? 400 };
}

function schemaOfOthers(
  pipe: unknown,
  { schema, metatype, in: place }: RouteParameter,
): StandardSchema | undefined {
  const type = classOf(pipe);
  const { schemaOrDto, options } = (pipe ?? {}) as PipeWithSchema;
  if (type !== undefined && type === schemaPipe) {
    const isIts = !options?.exceptionFactory && place !== 'other';
    return isIts && isStandardSchema(schema) ? schema : undefined;
  }
  return type?.name.endsWith('ZodValidationPipe') === true
    ? [schemaOrDto, dtoSchema(schemaOrDto), dtoSchema(metatype)].find(isStandardSchema)
    : undefined;
}

/** A DTO class of nestjs-zod has its schema as a static member. */
function dtoSchema(dto: unknown): unknown {
  return typeof dto === 'function' ? (dto as { readonly schema?: unknown }).schema : undefined;
}
