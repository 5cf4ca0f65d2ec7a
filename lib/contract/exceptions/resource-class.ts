import { defineEntry } from '../catalogue/defined-entries.js';
import { type ResourceRow, type ResourceRowKey, resourceRow } from '../catalogue/resource-rows.js';
import type { ApiExceptionOptions } from './api-exception.options.js';
import type { ApiException } from './api.exception.js';
import type { ApiExceptionClass } from './define-exception.js';

type ResourceExceptionClass = new (
  resource: string,
  descriptionOrOptions?: string | ApiExceptionOptions,
  options?: ApiExceptionOptions,
) => ApiException;

const classes = new Map<string, unknown>();

/**
 * The subclass of `Base` for one resource, the same one each time.
 *
 * @throws TypeError where `name` is not UPPER_SNAKE_CASE.
 * @internal
 */
export function resourceClass<Key extends ResourceRowKey, Name extends string>(
  key: Key,
  name: Name,
  Base: ResourceExceptionClass,
): ApiExceptionClass<ResourceRow<Key, Name>['status'], ResourceRow<Key, Name>['code']> {
  const row = resourceRow(key, name);
  // Two rows may make one code: INVALID_{RESOURCE} and {RESOURCE}_NOT_EXIST make INVALID_BOOK_NOT_EXIST
  const id = `${key} ${name}`;
  if (!classes.has(id)) {
    defineEntry(row);
    classes.set(id, classForRow(row, name, Base));
  }
  return classes.get(id) as ReturnType<typeof resourceClass<Key, Name>>;
}

function classForRow(
  row: ResourceRow<ResourceRowKey, string>,
  name: string,
  Base: ResourceExceptionClass,
): unknown {
  const ForResource = class extends Base {
    static readonly status = row.status;
    static readonly code = row.code;
    static readonly description = row.description;

    constructor(
      descriptionOrOptions?: string | ApiExceptionOptions,
      options?: ApiExceptionOptions,
    ) {
      super(name, descriptionOrOptions, options);
    }
  };
  // What a log shows as the error's name
  Object.defineProperty(ForResource, 'name', { value: Base.name });
  return ForResource;
}
