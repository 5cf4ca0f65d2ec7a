import type { DeclaredError } from '../declared/declared.error.js';
import type { ErrorComponents } from './openapi.components.js';
import type { ReferenceObject, ResponseObject } from './openapi.types.js';

/** The responses of an operation, one for each status. @internal */
export function errorResponses(
  errors: readonly DeclaredError[],
  components: ErrorComponents,
): Record<string, ResponseObject | ReferenceObject> {
  const statuses = [...new Set(errors.map(({ status }) => status))];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      components.response(
        status,
        errors.filter((error) => error.status === status),
      ),
    ]),
  );
}
