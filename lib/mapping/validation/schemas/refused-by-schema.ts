import type { HttpException } from '@nestjs/common';
import type { ApiException } from '../../../contract/exceptions/api.exception.js';
import { observePipe } from '../../../nest/pipes.js';
import { classOf } from '../../../nest/route-enhancers.js';
import { observeSchemaPipe } from '../../../nest/schema-pipe.js';
import { resourceOf } from '../resource.decorator.js';
import { validationException } from '../validation.exception.js';
import type { ValidationFailure } from '../validation-failure.js';
import { type RefusedBySchema, schemaFailures } from './schema.failures.js';
import { isStandardSchema } from './standard-schema.js';

/** On what a pipe threw: what its schema refused, without the values. */
const FAILURES = Symbol.for('nestjs-api-errors:schema-failures');

interface Noted {
  readonly failures: readonly ValidationFailure[];
  readonly resource: string | undefined;
}

/**
 * Lets the pipes that validate by schemas note on what they throw what was refused, and where: Nest's
 * `StandardSchemaValidationPipe`, whose exceptions have but sentences, and nestjs-zod's, whose have no
 * place. What they throw goes on as it is.
 *
 * @param pipes - those of the application
 * @internal
 */
export function observeSchemaPipes(pipes: Iterable<unknown>): void {
  observeSchemaPipe((error, issues, value, metadata) => {
    const { schema } = metadata as { readonly schema?: unknown };
    const vendor = isStandardSchema(schema) ? schema['~standard'].vendor : '';
    note(error, { issues, vendor, argument: { value, metadata } });
  });
  for (const pipe of pipes) {
    observeZodPipe(pipe);
  }
}

function observeZodPipe(pipe: unknown): void {
  const type = classOf(pipe);
  if (type?.name.endsWith('ZodValidationPipe') === true) {
    observePipe(type, (error, metadata, value) => {
      const issues = issuesOf(error);
      if (issues) {
        note(error, { issues, vendor: 'zod', argument: { value, metadata } });
      }
      return error;
    });
  }
}

function note(error: unknown, refused: RefusedBySchema): void {
  if (typeof error === 'object' && error !== null && Object.isExtensible(error)) {
    const noted: Noted = {
      failures: schemaFailures(refused),
      resource: resourceOf(refused.argument?.metadata.metatype),
    };
    Object.defineProperty(error, FAILURES, { value: noted, configurable: true });
  }
}

/**
 * The exception of what a pipe of the application's refuses by a schema: Nest's own, or nestjs-zod's,
 * which has zod's issues behind `getZodError()`.
 *
 * @returns `undefined` for any other exception
 * @internal
 */
export function schemaException(thrown: HttpException): ApiException | undefined {
  const status = thrown.getStatus();
  const { [FAILURES]: noted } = thrown as { [FAILURES]?: Noted };
  if (noted && noted.failures.length > 0) {
    return validationException(noted.failures, {
      cause: thrown,
      resource: noted.resource,
      status,
    });
  }
  const issues = status === 400 ? (issuesOf(thrown) ?? []) : [];
  return issues.length > 0
    ? validationException(schemaFailures({ issues, vendor: 'zod' }), { cause: thrown })
    : undefined;
}

/** The error of zod's that an exception of nestjs-zod keeps: over a request, or over an answer. @internal */
export function zodErrorOf(thrown: object): { readonly issues?: readonly object[] } | undefined {
  const { getZodError } = thrown as { getZodError?: () => { readonly issues?: readonly object[] } };
  return typeof getZodError === 'function' ? getZodError.call(thrown) : undefined;
}

function issuesOf(thrown: unknown): readonly object[] | undefined {
  const issues =
    typeof thrown === 'object' && thrown !== null ? zodErrorOf(thrown)?.issues : undefined;
  return Array.isArray(issues) ? issues : undefined;
}
