import type { Type } from '@nestjs/common';
import { readBearer } from './access/bearer.settings.js';
import { readProblem } from './answers/problem/problem.options.js';
import { readLogPolicy } from './answers/report/log.policy.js';
import type { BodyMembers } from './answers/body-members.js';
import type { RequestIdOf } from './answers/http/request.id.js';
import type { RowRule } from './contract/catalogue/row-rule.js';
import type { ErrorObserver } from './answers/report/error-observer.js';
import { isClass } from './contract/options/is-class.js';
import {
  flag,
  functionThat,
  objectOf,
  oneOf,
  optional,
  type OptionReaders,
  type Read,
  that,
  withDefault,
} from './contract/options/option-readers.js';
import { readCatalogueOptions } from './documents/catalogue/catalogue.options.js';
import type { ErrorsModuleOptions } from './errors.options.js';
import type { ErrorMapper } from './mapping/error-mapper.js';
import { readValidation } from './mapping/validation/validation.options.js';

const readers = {
  validation: readValidation,
  bearer: readBearer,
  mappers: withDefault(
    [],
    that<readonly (Type<ErrorMapper> | ErrorMapper)[]>(
      'takes an array of mappers: classes, or objects, with a method toException(error)',
      (given) => Array.isArray(given) && given.every(isMapper),
    ),
  ),
  body: objectOf({
    requestId: flag(),
    failures: flag(),
    members: optional(functionThat<BodyMembers>('takes a function of an ErrorReport')),
  } satisfies OptionReaders<NonNullable<ErrorsModuleOptions['body']>>),
  problem: readProblem,
  grpc: objectOf({
    domain: optional(
      that<string>(
        'takes a name such as library.example.com',
        (given) => typeof given === 'string' && /^[\w.-]{1,253}$/.test(given),
      ),
    ),
  } satisfies OptionReaders<NonNullable<ErrorsModuleOptions['grpc']>>),
  requestId: optional(functionThat<RequestIdOf>('takes a function of a request')),
  rows: optional(functionThat<RowRule>('takes a function of a row of the catalogue')),
  strict: flag(),
  methodNotAllowed: flag(),
  log: readLogPolicy,
  catalogue: optional(readCatalogueOptions),
  undeclared: optional(oneOf(['log', 'error', 'ignore'])),
  onError: optional(functionThat<ErrorObserver>('takes a function of an ErrorReport')),
} satisfies OptionReaders<ErrorsModuleOptions>;

/** DI token of {@link ErrorsSettings}, the same in every copy of this library. @internal */
export const SETTINGS = Symbol.for('nestjs-api-errors:settings');

/** The options once they are read, with their defaults: what everything is made from. @internal */
export type ErrorsSettings = Read<typeof readers>;

/**
 * Reads the options, once. They may come from configuration, or from JavaScript.
 *
 * @throws TypeError that names the option and the fix.
 * @internal
 */
export function readOptions(given: unknown): ErrorsSettings {
  return objectOf(readers)(given, 'ErrorsModule');
}

/** An arrow function could be called, but not made by DI. */
function isMapper(given: unknown): boolean {
  return isClass(given) || typeof Object(given).toException === 'function';
}
