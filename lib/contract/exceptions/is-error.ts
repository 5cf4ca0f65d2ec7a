import { types } from 'node:util';

/**
 * Whether a value is an error, those of another realm included: Jest runs tests in realms of their
 * own, where an error of Node's is no instance of `Error`.
 *
 * @internal
 */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}
