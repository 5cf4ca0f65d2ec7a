import { type CatalogueEntry, keyOf } from '../catalogue/catalogue-entry.js';
import { rowForStatus } from '../catalogue/status-rows.js';
import type { ApiExceptionOptions } from './api-exception.options.js';
import { ApiException } from './api.exception.js';
import * as contract from './contract.exceptions.js';
import type { ApiExceptionClass } from './define-exception.js';
import {
  InvalidResourceException,
  ResourceAlreadyExistException,
  ResourceNotExistException,
} from './resource.exceptions.js';

const classes = new Map<string, ApiExceptionClass>(
  Object.values(contract).map((type) => [keyOf(type), type]),
);

/** The rows of resources, with what a code has around the name of the resource. */
const RESOURCES = [
  [/^400 INVALID_(.+)$/, InvalidResourceException],
  [/^404 (.+)_NOT_EXIST$/, ResourceNotExistException],
  [/^409 (.+)_ALREADY_EXIST$/, ResourceAlreadyExistException],
] as const;

/**
 * An exception of a row that is known by its status and code alone, of the class that the library has
 * for it. Makes no row known to catalogues, whatever the code.
 *
 * @internal
 */
export function exceptionOfRow(
  { status, code, description }: CatalogueEntry,
  options: ApiExceptionOptions,
): ApiException {
  const key = keyOf({ status, code });
  const own = classes.get(key);
  if (own) {
    return described(own, description, options);
  }
  for (const [pattern, Resource] of RESOURCES) {
    const name = pattern.exec(key)?.[1];
    if (name !== undefined) {
      return new Resource(name, description, options);
    }
  }
  // Given, so that nothing takes it for the row's own
  const row = { status, code, description: rowForStatus(status).description };
  return new ApiException(row, description, options);
}

/** An exception of a class; what the class says itself is not given. @internal */
export function described(
  type: ApiExceptionClass,
  description: string,
  options: ApiExceptionOptions,
): ApiException {
  return description === type.description ? new type(options) : new type(description, options);
}
