import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { ApiExceptionOptions } from '../contract/exceptions/api-exception.options.js';
import { SafeLogger } from '../nest/safe-logger.js';

const logger = new SafeLogger();

/** What the answer itself says of its body and of the connection (RFC 9110 §7.6.1): not for others. */
const RESERVED = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Seconds that every client can read (RFC 9111 §1.2.2). */
const MAX_SECONDS = 2 ** 31 - 1;

/** A header by its lower-case name. @internal */
export type HeaderLine = readonly [name: string, value: string | string[]];

/**
 * The headers of an exception that are valid HTTP. A bad one is dropped and
 * logged: it must cost the caller neither the answer nor a split response (RFC 9110 §5.5).
 *
 * @internal
 */
export function exceptionHeaders(
  headers: NonNullable<ApiExceptionOptions['headers']>,
): HeaderLine[] {
  const valid: HeaderLine[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (RESERVED.has(key) || !isValid(name, value)) {
      logger.warn(`An exception set the header ${JSON.stringify(name)}, which is dropped.`);
    } else {
      valid.push([key, typeof value === 'string' ? value : [...value]]);
    }
  }
  return valid;
}

function isValid(name: string, value: unknown): boolean {
  try {
    validateHeaderName(name);
    for (const line of Array.isArray(value) ? value : [value]) {
      if (typeof line !== 'string') {
        return false;
      }
      validateHeaderValue(name, line);
    }
    return true;
  } catch {
    return false;
  }
}

/**
 * `Retry-After` in whole seconds, rounded up (RFC 9110 §10.2.3). A date is turned into seconds, so
 * that it means the same to a client whose clock is off.
 *
 * @internal
 */
export function retryAfter(value: number | Date | undefined): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const seconds = value instanceof Date ? (value.getTime() - Date.now()) / 1000 : value;
  return Number.isFinite(seconds)
    ? Math.min(MAX_SECONDS, Math.max(0, Math.ceil(seconds)))
    : undefined;
}
