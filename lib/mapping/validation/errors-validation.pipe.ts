import {
  type ArgumentMetadata,
  Injectable,
  type ValidationError,
  ValidationPipe,
} from '@nestjs/common';
import { BadRequestException } from '../../contract/exceptions/contract.exceptions.js';
import { isTooDeep } from './depth.js';
import type { ClassValidationPipe } from './global-validation.pipe.js';
import { failedArgument } from './failed-argument.js';
import type { ValidationOptions } from './validation.options.js';

/** class-validator's errors on their way from Nest's pipe, which does not say where they arose. */
class Failed {
  constructor(readonly errors: ValidationError[]) {}
}

/**
 * Nothing is given as an option: Nest 11 before 11.2 would take that for one of class-validator's, and
 * hand on another value than without it.
 */
class FailingPipe extends ValidationPipe {
  override createExceptionFactory() {
    return (errors: ValidationError[] = []) => new Failed(errors);
  }

  protected override validate(...[object, options]: Parameters<ValidationPipe['validate']>) {
    return super.validate(object, { ...options, validationError: { target: true, value: true } });
  }
}

/**
 * Nest's `ValidationPipe` with the options that the application asked for, and failures that say where
 * they arose and of which DTO.
 *
 * @internal
 */
@Injectable()
export class ErrorsValidationPipe implements ClassValidationPipe {
  readonly #pipe: ValidationPipe;
  readonly #rules: { readonly code: 'INVALID_PARAMETER' | undefined; readonly isSilent: boolean };
  readonly #untouched: boolean;

  constructor({ code, ...options }: ValidationOptions = {}) {
    this.#rules = { code, isSilent: options.disableErrorMessages === true };
    this.#untouched = !options.transform && !options.expectedType;
    this.#pipe = new FailingPipe(options);
  }

  /** Without `transform` Nest's pipe hands on what has no DTO class as it came. */
  looksAt({ metatype }: ArgumentMetadata): boolean {
    return !(this.#untouched && PLAIN.has(metatype));
  }

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // A schema that has the name of its type, which the compiler then takes for a class
    const isClass = typeof metadata.metatype === 'function';
    const known = isClass ? metadata : { ...metadata, metatype: undefined };
    try {
      return await this.#pipe.transform(value, known);
    } catch (error) {
      if (error instanceof Failed) {
        throw failedArgument(error.errors, known, this.#rules);
      }
      // class-validator and class-transformer walk a body recursively
      throw isTooDeep(value) ? new BadRequestException({ cause: error }) : error;
    }
  }
}

const PLAIN = new Set<unknown>([undefined, null, String, Boolean, Number, Array, Object, Date]);
