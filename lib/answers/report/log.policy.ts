import type { LogLevel } from '@nestjs/common';
import type { ErrorReport } from './error-observer.js';
import { type OptionReader, refuseOption } from '../../contract/options/option-readers.js';

/**
 * Levels by status or by code, the code's first; `false` keeps quiet.
 *
 * @example `{ 404: false, TOO_MANY_REQUESTS: 'warn' }`
 * @publicApi
 */
export type LogPolicy = Readonly<Record<number | string, LogLevel | false>>;

const LEVELS: readonly unknown[] = [
  'verbose',
  'debug',
  'log',
  'warn',
  'error',
  'fatal',
] satisfies LogLevel[];

/** @internal */
export const readLogPolicy: OptionReader<LogPolicy | false> = (given = {}, name) => {
  if (given === false) {
    return false;
  }
  if (typeof given !== 'object' || given === null) {
    refuseOption(name, 'takes levels by status or code, or false');
  }
  for (const [key, level] of Object.entries(given)) {
    if (level !== false && !LEVELS.includes(level)) {
      refuseOption(`${name}.${key}`, `takes a level (${LEVELS.join(', ')}) or false`);
    }
  }
  // A code may be any name, that of a method of objects included
  return Object.assign(Object.create(null) as object, given) as LogPolicy;
};

/**
 * The level of an answer: what the policy says of its code, else of its status, else error for a 5xx, and
 * for what nobody but the log is told, and debug for any other.
 *
 * @internal
 */
export function logLevel(
  policy: LogPolicy | false,
  { status, code, request }: ErrorReport,
): LogLevel | false {
  const isFault = status >= 500 || request.method === 'EVENT';
  return policy && (policy[code] ?? policy[status] ?? (isFault ? 'error' : 'debug'));
}
