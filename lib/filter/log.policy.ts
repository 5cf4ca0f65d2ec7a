import type { LogLevel } from '@nestjs/common';

/**
 * Levels by status or by code, the code's first; `false` keeps quiet.
 *
 * @example `{ 404: false, TOO_MANY_REQUESTS: 'warn' }`
 * @publicApi
 */
export type LogPolicy = Readonly<Record<number | string, LogLevel | false>>;

/**
 * The level of an answer: what the policy says of its code, else of its status, else error for a 5xx
 * and debug for any other.
 *
 * @internal
 */
export function logLevel(policy: LogPolicy, status: number, code: string): LogLevel | false {
  return policy[code] ?? policy[status] ?? (status >= 500 ? 'error' : 'debug');
}
