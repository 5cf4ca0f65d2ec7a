import { type CatalogueEntry, row } from './catalogue-entry.js';

/**
 * The documented rows of the contract. `{RESOURCE}` stands for the name of a resource.
 *
 * The keys tell apart the two codes that exist at 400 and at 403, where the 400 speaks of a
 * parameter that was sent and the 403 of the resource that was asked for.
 *
 * @internal
 */
export const contractRows = {
  badRequest: row(400, 'BAD_REQUEST', 'The request is malformed or its body cannot be read.'),
  invalidParameter: row(400, 'INVALID_PARAMETER', 'A parameter has the wrong format or content.'),
  invalidResource: row(400, 'INVALID_{RESOURCE}', 'The content of the resource is not valid.'),
  missingParameter: row(400, 'MISSING_PARAMETER', 'A required parameter is missing.'),
  parameterLimitExceeded: row(
    400,
    'LIMIT_EXCEEDED',
    'The size of a parameter or property is outside its limits.',
  ),
  parameterOutOfRange: row(
    400,
    'OUT_OF_RANGE',
    'A parameter or property is outside its allowed range.',
  ),
  unauthorized: row(401, 'UNAUTHORIZED', 'The request has no valid credentials.'),
  forbidden: row(403, 'FORBIDDEN', 'The client is not allowed to make this request.'),
  accessDenied: row(403, 'ACCESS_DENIED', 'Access to this resource is restricted.'),
  resourceLimitExceeded: row(403, 'LIMIT_EXCEEDED', 'The limit for this resource is exceeded.'),
  resourceOutOfRange: row(
    403,
    'OUT_OF_RANGE',
    'The request goes beyond the range allowed for this resource.',
  ),
  notFound: row(404, 'NOT_FOUND', 'The requested resource was not found.'),
  resourceNotExist: row(404, '{RESOURCE}_NOT_EXIST', 'The requested resource does not exist.'),
  conflict: row(409, 'CONFLICT', 'The request conflicts with the current state of the resource.'),
  alreadyExist: row(409, 'ALREADY_EXIST', 'The resource already exists.'),
  resourceAlreadyExist: row(409, '{RESOURCE}_ALREADY_EXIST', 'The resource already exists.'),
  deleted: row(410, 'DELETED', 'The resource has been deleted.'),
  internalServerError: row(
    500,
    'INTERNAL_SERVER_ERROR',
    'The server failed to process the request.',
  ),
  serviceUnavailable: row(
    503,
    'SERVICE_UNAVAILABLE',
    'The server is temporarily unable to process the request.',
  ),
} satisfies Record<string, CatalogueEntry>;
