import type { ArgumentMetadata, Type } from '@nestjs/common';
import { BadRequestException } from '../../contract/exceptions/contract.exceptions.js';
import { SafeLogger } from '../../nest/safe-logger.js';
import type { ClassValidationPipe } from './global-validation.pipe.js';
import { rulesOfClass } from './class-validator.metadata.js';
import { isTooDeep } from './depth.js';
import { failedArgument } from './failed-argument.js';
import { resourceOf } from './resource.decorator.js';
import { validationException } from './validation.exception.js';
import type { ValidatorPackages } from './validator.packages.js';

/**
 * What validates where the application did not ask for it: values of classes that have rules of
 * class-validator. Whatever else an application takes, and what it takes of these, it gets as it came.
 *
 * @internal
 */
export class UnaskedValidationPipe implements ClassValidationPipe {
  readonly #logger = new SafeLogger();
  readonly #told = new WeakSet<object>();

  /** @param packages - without them no class has rules */
  constructor(private readonly packages: ValidatorPackages | undefined) {}

  looksAt({ metatype, type }: ArgumentMetadata): boolean {
    return type !== 'custom' && rulesOfClass(metatype).size > 0;
  }

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const sent = value ?? {};
    if (typeof sent !== 'object' || Array.isArray(sent) || ArrayBuffer.isView(sent)) {
      throw noObject(metadata);
    }
    const entity = this.#toEntity(sent, metadata.metatype!);
    const errors = entity && (await this.#check(entity, sent));
    if (errors && errors.length > 0) {
      throw failedArgument(errors, metadata);
    }
    return value;
  }

  /** @returns `undefined` where the class can't be made of what a request brings */
  #toEntity(sent: object, type: Type): object | undefined {
    try {
      return this.packages!.plainToInstance(type, sent) as object;
    } catch (error) {
      refuseTooDeep(sent, error);
      if (!this.#told.has(type)) {
        this.#told.add(type);
        this.#logger.warn(
          `${type.name} has rules of class-validator, but class-transformer can't make one: ` +
            `${String(error)}. What is sent for it is not validated.`,
        );
      }
      return undefined;
    }
  }

  async #check(entity: object, sent: object) {
    try {
      return await this.packages!.validate(entity, { forbidUnknownValues: false });
    } catch (error) {
      refuseTooDeep(sent, error);
      throw error;
    }
  }
}

/** class-validator and class-transformer walk a body recursively. */
function refuseTooDeep(value: object, cause: unknown): void {
  if (isTooDeep(value)) {
    throw new BadRequestException({ cause });
  }
}

function noObject({ type, data, metatype }: ArgumentMetadata) {
  const name = data ?? type;
  return validationException(
    [
      {
        path: [name],
        isWhole: data === undefined,
        place: type === 'body' || type === 'query' ? type : 'path',
        kind: 'invalid',
        rule: 'isObject',
        description: `${name} must be an object`,
      },
    ],
    { resource: resourceOf(metatype) },
  );
}
