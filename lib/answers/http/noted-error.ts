import { isError } from '../../contract/exceptions/is-error.js';
import { type AnyResponse, rawResponse } from '../../nest/response.js';
import { LoggedError } from '../report/logged-error.js';

/** How many errors one may consist of that is handed on as it is. */
const MAX_ERRORS = 20;
const MAX_CHARACTERS = 32_000;

/**
 * Notes what a response failed with as its `err`, where pino-http looks for it, which says "failed with
 * status code 500" of one that has none. One that the application noted stays. A response without that
 * logger, which it has as its `log`, is left as it is: a further member is what makes it slow.
 *
 * @internal
 */
export function noteError(response: AnyResponse, thrown: unknown): void {
  const raw = rawResponse(response);
  if ('log' in raw && !('err' in raw)) {
    Object.defineProperty(raw, 'err', {
      configurable: true,
      // A logger's serializer reads all of it, in a listener where what is thrown ends the process
      get: () => (isErrorToRead(thrown) ? thrown : LoggedError.of(thrown)),
      set: (value: unknown) => {
        Object.defineProperty(raw, 'err', { value, writable: true, configurable: true });
      },
    });
  }
}

function isErrorToRead(thrown: unknown): boolean {
  try {
    return isError(thrown) && isReadable(thrown, new Set());
  } catch {
    return false;
  }
}

function isReadable(error: unknown, seen: Set<unknown>): boolean {
  try {
    // One that comes twice may come for ever
    return !seen.has(error) && seen.size < MAX_ERRORS && isLikeError(error) && isPlain(error, seen);
  } catch {
    // A getter, or a trap of a proxy
    return false;
  }
}

/** What pino's serializer takes for an error, and goes into: whatever has a text for a message. */
function isLikeError(value: unknown): value is Error {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { message?: unknown }).message === 'string'
  );
}

function isPlain(error: Error, seen: Set<unknown>): boolean {
  seen.add(error);
  const members = error as Error & Record<string, unknown>;
  const { message, stack = '', cause, errors } = members;
  const items = Array.isArray(errors) ? (errors as unknown[]) : [];
  return (
    // Serializers mark what they have seen
    Object.isExtensible(error) &&
    typeof message === 'string' &&
    typeof stack === 'string' &&
    message.length + stack.length < MAX_CHARACTERS &&
    typeof cause !== 'function' &&
    items.length <= MAX_ERRORS &&
    [cause, ...items, ...carriedBy(members)].every(
      (other) => !isLikeError(other) || isReadable(other, seen),
    )
  );
}

/** What else a serializer goes into: whatever is enumerable, inherited members too. */
function carriedBy(members: Record<string, unknown>): unknown[] {
  const values: unknown[] = [];
  for (const key in members) {
    if (key !== 'cause') {
      values.push(members[key]);
    }
  }
  return values;
}
