import type { ApiErrorBody, ApiErrorOf } from '../api-error.js';
import { toldError } from '../told-error.js';

/**
 * Reads the error of the contract from what a gateway sends: the data of an event `exception`, that
 * event as ws has it (`{ event, data }`, or its text), or an acknowledgement of socket.io.
 *
 * Never throws.
 *
 * @typeParam Body - the bodies that the API may answer with
 * @returns `undefined` where it is no error of the contract
 * @example
 * ```ts
 * const error = readSocketError(await socket.emitWithAck('lend', { isbn }));
 * socket.on('exception', (told) => readSocketError(told)?.code);
 * ```
 * @publicApi
 */
export function readSocketError<Body extends ApiErrorBody = ApiErrorBody>(
  from: unknown,
): ApiErrorOf<Body> | undefined {
  try {
    const sent: unknown = typeof from === 'string' ? JSON.parse(from) : from;
    const { event, data } = Object(sent) as { event?: unknown; data?: unknown };
    return toldError(event === 'exception' ? data : sent) as ApiErrorOf<Body> | undefined;
  } catch {
    return undefined;
  }
}
