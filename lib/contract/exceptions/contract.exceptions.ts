import { contractRows as rows } from '../catalogue/contract-rows.js';
import { exceptionClass } from './define-exception.js';

/** 400 BAD_REQUEST: the request is malformed or its body cannot be read. @publicApi */
export class BadRequestException extends exceptionClass(rows.badRequest) {}

/** 400 INVALID_PARAMETER: a parameter has the wrong format or content. @publicApi */
export class InvalidParameterException extends exceptionClass(rows.invalidParameter) {}

/** 400 MISSING_PARAMETER: a required parameter is missing. @publicApi */
export class MissingParameterException extends exceptionClass(rows.missingParameter) {}

/** 400 LIMIT_EXCEEDED: the size of a parameter or property is outside its limits. @publicApi */
export class ParameterLimitExceededException extends exceptionClass(rows.parameterLimitExceeded) {}

/** 400 OUT_OF_RANGE: a parameter or property is outside its allowed range. @publicApi */
export class ParameterOutOfRangeException extends exceptionClass(rows.parameterOutOfRange) {}

/** 401 UNAUTHORIZED: the request has no valid credentials. The answer carries a challenge. @publicApi */
export class UnauthorizedException extends exceptionClass(rows.unauthorized) {}

/** 403 FORBIDDEN: the client is not allowed to make this request. @publicApi */
export class ForbiddenException extends exceptionClass(rows.forbidden) {}

/** 403 ACCESS_DENIED: access to this resource is restricted. @publicApi */
export class AccessDeniedException extends exceptionClass(rows.accessDenied) {}

/** 403 LIMIT_EXCEEDED: the limit for the resource that was asked for is exceeded. @publicApi */
export class ResourceLimitExceededException extends exceptionClass(rows.resourceLimitExceeded) {}

/** 403 OUT_OF_RANGE: the request goes beyond the range allowed for the resource. @publicApi */
export class ResourceOutOfRangeException extends exceptionClass(rows.resourceOutOfRange) {}

/** 404 NOT_FOUND: the requested resource was not found. @publicApi */
export class NotFoundException extends exceptionClass(rows.notFound) {}

/** 409 CONFLICT: the request conflicts with the state of the resource. @publicApi */
export class ConflictException extends exceptionClass(rows.conflict) {}

/** 409 ALREADY_EXIST: the resource already exists. @publicApi */
export class AlreadyExistException extends exceptionClass(rows.alreadyExist) {}

/** 410 DELETED: the resource has been deleted. @publicApi */
export class DeletedException extends exceptionClass(rows.deleted) {}

/** 500 INTERNAL_SERVER_ERROR: a fault of the server. The caller reads the catalogue's description. @publicApi */
export class InternalServerErrorException extends exceptionClass(rows.internalServerError) {}

/** 503 SERVICE_UNAVAILABLE: a passing fault. Say when to come back with `retryAfter`. @publicApi */
export class ServiceUnavailableException extends exceptionClass(rows.serviceUnavailable) {}
