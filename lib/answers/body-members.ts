import { SafeLogger } from '../nest/safe-logger.js';
import type { Members } from '../contract/exceptions/api-exception.options.js';
import type { ErrorReport } from './report/error-observer.js';

/**
 * Members that every body has beside `code` and `description`, which it can't replace:
 * `ErrorsModule.forRoot({ body: { members } })`. What it throws is logged and harms no answer.
 *
 * @example
 * ```ts
 * members: ({ request }) => ({ requestId: request.id, timestamp: new Date().toISOString() })
 * ```
 * @publicApi
 */
export type BodyMembers = {
  /**
   * A method, so that an application can name the type of its requests.
   *
   * @param report - what is answered
   * @param request - the framework's request; `undefined` where none was ever read
   */
  members(report: ErrorReport, request: unknown): Members;
}['members'];

const logger = new SafeLogger();

/**
 * Members as plain data, so that representing an answer can't fail over them.
 *
 * @param name - of what makes them, for the log
 * @returns `undefined` where there are none, or none that JSON has
 * @internal
 */
export function readMembers(name: string, make: () => unknown): Members | undefined {
  try {
    const made = make();
    if (made === undefined) {
      return undefined;
    }
    const members: unknown = JSON.parse(JSON.stringify(made));
    if (typeof members !== 'object' || members === null || Array.isArray(members)) {
      throw new TypeError('members are an object');
    }
    return members as Members;
  } catch (error) {
    logger.error(`${name} failed`, error);
    return undefined;
  }
}
