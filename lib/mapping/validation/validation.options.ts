import type { ValidationPipeOptions } from '@nestjs/common';
import {
  objectOf,
  oneOf,
  optional,
  type OptionReader,
  type OptionReaders,
  refuseOption,
  that,
} from '../../contract/options/option-readers.js';

/**
 * What a caller may send: `ErrorsModule.forRoot({ validation: … })`. The options of Nest's
 * `ValidationPipe`, whose failures this library turns into the catalogue's codes.
 *
 * @publicApi
 */
export interface ValidationOptions extends Omit<
  ValidationPipeOptions,
  'exceptionFactory' | 'errorHttpStatusCode' | 'errorFormat' | 'maxErrorMessagesLength'
> {
  /**
   * Answers every failure with this one code instead of telling missing, too large and out of range
   * apart.
   */
  readonly code?: 'INVALID_PARAMETER';
}

/** Nest, class-validator and class-transformer know what these take. */
const theirs: OptionReader<unknown> = (given) => given;
const either = optional(
  that<boolean>('takes true or false', (given) => typeof given === 'boolean'),
);

const readOptions = objectOf({
  code: optional(oneOf(['INVALID_PARAMETER'])),
  transform: either,
  disableErrorMessages: either,
  transformOptions: theirs,
  validateCustomDecorators: either,
  expectedType: theirs,
  validatorPackage: theirs,
  transformerPackage: theirs,
  enableDebugMessages: either,
  skipUndefinedProperties: either,
  skipNullProperties: either,
  skipMissingProperties: either,
  whitelist: either,
  forbidNonWhitelisted: either,
  groups: theirs,
  always: either,
  strictGroups: either,
  dismissDefaultMessages: either,
  validationError: theirs,
  forbidUnknownValues: either,
  stopAtFirstError: either,
} satisfies OptionReaders<ValidationOptions>);

/** @throws TypeError where it is no such option. @internal */
export const readValidation: OptionReader<ValidationOptions | false | undefined> = (
  given,
  name,
) => {
  if (given === false || given === undefined) {
    return given;
  }
  if (typeof given !== 'object' || given === null) {
    refuseOption(name, 'takes options or false');
  }
  readOptions(given, name);
  // As given: an option that says `undefined` is one more to Nest than one that is not there
  return given;
};
