import type { CatalogueEntry } from './catalogue-entry.js';
import { contractRows } from './contract-rows.js';
import { assertResourceName } from './error-code.js';

/** A template of the contract with its `{RESOURCE}` filled in. @internal */
export type ResourceCode<
  Template extends string,
  Name extends string,
> = Template extends `${infer Head}{RESOURCE}${infer Tail}` ? `${Head}${Name}${Tail}` : never;

/** The keys of the rows that are templates. @internal */
export type ResourceRowKey = 'invalidResource' | 'resourceNotExist' | 'resourceAlreadyExist';

/** The row of `key` for the resource `Name`. @internal */
export type ResourceRow<Key extends ResourceRowKey, Name extends string> = CatalogueEntry<
  (typeof contractRows)[Key]['status'],
  ResourceCode<(typeof contractRows)[Key]['code'], Name>
>;

/**
 * Fills `{RESOURCE}` of a template row with a resource's name.
 *
 * @throws TypeError where `name` is not UPPER_SNAKE_CASE.
 * @internal
 */
export function resourceRow<Key extends ResourceRowKey, Name extends string>(
  key: Key,
  name: Name,
): ResourceRow<Key, Name> {
  assertResourceName(name);
  const row = contractRows[key];
  // Replaced by a function: a replacement string would give `$` sequences a meaning
  const code = row.code.replace('{RESOURCE}', () => name);
  return { status: row.status, code, description: row.description } as ResourceRow<Key, Name>;
}
