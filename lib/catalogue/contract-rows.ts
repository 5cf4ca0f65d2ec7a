import type { CatalogueEntry } from './catalogue-entry.js';

/**
 * The documented rows of the contract. `{RESOURCE}` stands for the name of a resource.
 *
 * The keys tell apart the two codes that exist at 400 and at 403, where the 400 speaks of a
 * parameter that was sent and the 403 of the resource that was asked for.
 *
 * @internal
 */
export const contractRows = {
  badRequest: {
    status: 400,
    code: 'BAD_REQUEST',
    description: 'The request is malformed or its body cannot be read.',
  },
  invalidParameter: {
    status: 400,
    code: 'INVALID_PARAMETER',
    description: 'A parameter has the wrong format or content.',
  },
  invalidResource: {
    status: 400,
    code: 'INVALID_{RESOURCE}',
    description: 'The content of the resource is not valid.',
  },
  missingParameter: {
    status: 400,
    code: 'MISSING_PARAMETER',
    description: 'A required parameter is missing.',
  },
  parameterLimitExceeded: {
    status: 400,
    code: 'LIMIT_EXCEEDED',
    description: 'A parameter or property exceeds its size limit.',
  },
  parameterOutOfRange: {
    status: 400,
    code: 'OUT_OF_RANGE',
    description: 'A parameter or property is outside its allowed range.',
  },
  unauthorized: {
    status: 401,
    code: 'UNAUTHORIZED',
    description: 'The request has no valid credentials.',
  },
  forbidden: {
    status: 403,
    code: 'FORBIDDEN',
    description: 'The client is not allowed to make this request.',
  },
  accessDenied: {
    status: 403,
    code: 'ACCESS_DENIED',
    description: 'Access to this resource is restricted.',
  },
  resourceLimitExceeded: {
    status: 403,
    code: 'LIMIT_EXCEEDED',
    description: 'The limit for this resource is exceeded.',
  },
  resourceOutOfRange: {
    status: 403,
    code: 'OUT_OF_RANGE',
    description: 'The request goes beyond the range allowed for this resource.',
  },
  notFound: {
    status: 404,
    code: 'NOT_FOUND',
    description: 'The requested resource was not found.',
  },
  resourceNotExist: {
    status: 404,
    code: '{RESOURCE}_NOT_EXIST',
    description: 'The requested resource does not exist.',
  },
  conflict: {
    status: 409,
    code: 'CONFLICT',
    description: 'The request conflicts with the current state of the resource.',
  },
  alreadyExist: {
    status: 409,
    code: 'ALREADY_EXIST',
    description: 'The resource already exists.',
  },
  resourceAlreadyExist: {
    status: 409,
    code: '{RESOURCE}_ALREADY_EXIST',
    description: 'The resource already exists.',
  },
  deleted: {
    status: 410,
    code: 'DELETED',
    description: 'The resource has been deleted.',
  },
  internalServerError: {
    status: 500,
    code: 'INTERNAL_SERVER_ERROR',
    description: 'The server failed to process the request.',
  },
  serviceUnavailable: {
    status: 503,
    code: 'SERVICE_UNAVAILABLE',
    description: 'The server is temporarily unable to process the request.',
  },
} as const satisfies Record<string, CatalogueEntry>;
