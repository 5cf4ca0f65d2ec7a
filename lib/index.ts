export {
  Authorize,
  OptionalToken,
  Public,
  RequireAnyScope,
  RequireAuthentication,
  RequireScopes,
} from './bearer/access.decorators.js';
export { anyOf } from './bearer/any-of.js';
export { BearerGuard } from './bearer/bearer.guard.js';
export type { BearerOptions } from './bearer/bearer.options.js';
export type { AuthorizePredicate } from './bearer/route-access.js';
export { type AuthenticatedRequest, Token } from './bearer/token.decorator.js';
export { ForeignTokenRefusal, type TokenFacts, TokenRefusal } from './bearer/token-refusal.js';
export type { TokenVerifier, VerifiedToken } from './bearer/token-verifier.js';
export { verifiedToken } from './bearer/verified-token.js';
export type { CatalogueEntry } from './catalogue/catalogue-entry.js';
export { Catalogue } from './catalogue/catalogue.js';
export { isErrorCode } from './catalogue/error-code.js';
export { buildChallenge } from './challenge/challenge.builder.js';
export { parseChallenges } from './challenge/challenge.parser.js';
export type { Challenge } from './challenge/challenge.js';
export { Throws } from './declared/throws.decorator.js';
export type { UndeclaredPolicy } from './declared/undeclared-errors.js';
export type { DpopOptions } from './dpop/dpop.options.js';
export { ErrorsModule } from './errors.module.js';
export type { ErrorsModuleExtras, ErrorsModuleOptions } from './errors.options.js';
export type { ApiExceptionOptions, ParameterFailure } from './exceptions/api-exception.options.js';
export { ApiException } from './exceptions/api.exception.js';
export {
  type BearerExceptionOptions,
  InsufficientScopeException,
  InvalidRequestException,
  InvalidTokenException,
} from './exceptions/bearer.exceptions.js';
export {
  AccessDeniedException,
  AlreadyExistException,
  BadRequestException,
  ConflictException,
  DeletedException,
  ForbiddenException,
  InternalServerErrorException,
  InvalidParameterException,
  MissingParameterException,
  NotFoundException,
  ParameterLimitExceededException,
  ParameterOutOfRangeException,
  ResourceLimitExceededException,
  ResourceOutOfRangeException,
  ServiceUnavailableException,
  UnauthorizedException,
} from './exceptions/contract.exceptions.js';
export {
  type AnyApiExceptionClass,
  type ApiExceptionClass,
  defineException,
} from './exceptions/define-exception.js';
export {
  InvalidResourceException,
  ResourceAlreadyExistException,
  ResourceNotExistException,
} from './exceptions/resource.exceptions.js';
export { InvalidDpopProofException, UseDpopNonceException } from './exceptions/dpop.exceptions.js';
export {
  type AuthenticationRequirement,
  InsufficientUserAuthenticationException,
} from './exceptions/step-up.exception.js';
export type { ErrorObserver, ErrorReport } from './filter/error.report.js';
export { ErrorsFilter } from './filter/errors.filter.js';
export type { LogPolicy } from './filter/log.policy.js';
export type { RequestContext } from './filter/request-context.js';
export {
  type ErrorMapper,
  type ErrorMatcher,
  type ErrorPredicate,
  MapErrors,
} from './mapping/error-mapper.js';
export type { CatalogueOptions } from './publish/catalogue.options.js';
export { fastifyErrorOptions } from './server/fastify.options.js';
export { MemoryStore } from './store/memory.store.js';
export type { SharedStore } from './store/shared.store.js';
export { Resource } from './validation/resource.decorator.js';
export { validationExceptionFactory } from './validation/validation-exception.factory.js';
export type { ValidationOptions } from './validation/validation.options.js';
