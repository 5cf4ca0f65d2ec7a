import {
  type ArgumentMetadata,
  Injectable,
  type PipeTransform,
  type ValidationError,
  ValidationPipe,
  type ValidationPipeOptions,
} from '@nestjs/common';
import type { ParameterFailure } from '../exceptions/api-exception.options.js';
import { BadRequestException } from '../exceptions/contract.exceptions.js';
import { isTooDeep } from './depth.js';
import { validationException } from './validation-exception.factory.js';
import type { ValidationOptions } from './validation.options.js';

const LOCATIONS: Partial<Record<ArgumentMetadata['type'], ParameterFailure['in']>> = {
  body: 'body',
  query: 'query',
  param: 'path',
};

/** class-validator's errors on their way from Nest's pipe, which does not say where they arose. */
class Failed {
  constructor(readonly errors: ValidationError[]) {}
}

/**
 * Nest's `ValidationPipe`, with failures that say where they arose and of which DTO.
 *
 * @internal
 */
@Injectable()
export class ErrorsValidationPipe implements PipeTransform {
  readonly #pipe: ValidationPipe;
  readonly #code: 'INVALID_PARAMETER' | undefined;
  readonly #untouched: boolean;

  constructor({ code, ...options }: ValidationOptions = {}) {
    this.#code = code;
    this.#untouched = !options.transform && !options.expectedType;
    this.#pipe = new ValidationPipe({
      ...(options as ValidationPipeOptions),
      exceptionFactory: (errors) => new Failed(errors),
    });
  }

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    // Without `transform` Nest's pipe hands on what has no DTO class as it came
    if (this.#untouched && isPlain(metadata.metatype)) {
      return value;
    }
    return this.#validate(value, metadata);
  }

  async #validate(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await this.#pipe.transform(value, metadata);
    } catch (error) {
      if (!(error instanceof Failed)) {
        // class-validator and class-transformer walk a body recursively
        throw isTooDeep(value) ? new BadRequestException({ cause: error }) : error;
      }
      const location = LOCATIONS[metadata.type];
      throw validationException(error.errors, {
        ...(location && { in: location }),
        ...(this.#code && { code: this.#code }),
        metatype: metadata.metatype,
      });
    }
  }
}

const PLAIN = new Set<unknown>([undefined, null, String, Boolean, Number, Array, Object, Date]);

function isPlain(metatype: unknown): boolean {
  return PLAIN.has(metatype);
}
