import type { ResourceName } from '../../contract/catalogue/error-code.js';
import { InvalidResourceException } from '../../contract/exceptions/resource.exceptions.js';

const RESOURCE = Symbol.for('nestjs-api-errors:resource');

/**
 * Names the resource that a DTO describes: failures that no more specific code stands for are
 * answered with 400 INVALID_{RESOURCE}.
 *
 * @example `@Resource('BOOK') export class CreateBookDto {}` answers INVALID_BOOK.
 * @throws TypeError where the name is not UPPER_SNAKE_CASE.
 * @publicApi
 */
export function Resource<const Name extends string>(
  name: Name & ResourceName<Name>,
): ClassDecorator {
  // Makes the row known to the catalogue, and refuses what is no name
  InvalidResourceException.for<string>(name);
  return (target) => Reflect.defineMetadata(RESOURCE, name, target);
}

/** The name that {@link Resource} gave to a DTO class. @internal */
export function resourceOf(dto: unknown): string | undefined {
  return typeof dto === 'function'
    ? (Reflect.getMetadata(RESOURCE, dto) as string | undefined)
    : undefined;
}
