import type { HttpException } from '@nestjs/common';
import { isErrorCode } from '../../contract/catalogue/error-code.js';
import { isErrorStatus } from '../../contract/catalogue/row-rule.js';
import type { ApiExceptionOptions } from '../../contract/exceptions/api-exception.options.js';
import { isClass } from '../../contract/options/is-class.js';
import {
  listOf,
  objectOf,
  type OptionReaders,
  that,
  withDefault,
} from '../../contract/options/option-readers.js';

/** A class of exceptions that can be made of a cause alone. @publicApi */
export type ExceptionOfCause = new (options: ApiExceptionOptions) => HttpException;

/** Options of `upstreamErrors()`. @publicApi */
export interface UpstreamOptions {
  /**
   * Codes that another API of this contract answered with and that this one answers with too, status
   * and description included: of what `readError()` read, or of an error whose client read such a body: axios', undici's.
   *
   * @example `['BOOK_NOT_EXIST']`
   * @defaultValue none
   */
  readonly passOn?: readonly string[];
  /**
   * What this API answers with where another service answered with a status. gRPC's statuses count as
   * those of HTTP that google.rpc gives them: NOT_FOUND is 404.
   *
   * @example `{ 404: ResourceNotExistException.for('BOOK') }`
   * @defaultValue 429 and 503 are 503 with its `Retry-After`, 504 is 504, any other 5xx is 502 and any
   * other 4xx, which is this API's own mistake, 500
   */
  readonly statuses?: Readonly<Record<number, ExceptionOfCause>>;
}

const read = objectOf({
  passOn: withDefault(
    [],
    listOf<string>('takes an array of codes, such as BOOK_NOT_EXIST', isErrorCode),
  ),
  statuses: withDefault(
    {},
    that<Readonly<Record<number, ExceptionOfCause>>>(
      'takes an object of exception classes by status, 400 to 599',
      (given) =>
        typeof given === 'object' &&
        given !== null &&
        Object.entries(given).every(
          ([status, type]) => isErrorStatus(Number(status)) && isClass(type),
        ),
    ),
  ),
} satisfies OptionReaders<UpstreamOptions>);

/** Options once they are read. @internal */
export type UpstreamSettings = ReturnType<typeof readUpstreamOptions>;

/** @throws TypeError that names the option and the fix. @internal */
export function readUpstreamOptions(given: unknown) {
  return read(given, 'upstreamErrors');
}
