export {
  Authorize,
  OptionalToken,
  Public,
  RequireAnyScope,
  RequireAuthentication,
  RequireScopes,
} from './access/guard/access.decorators.js';
export { anyOf } from './tokens/any-of.js';
export { BearerGuard } from './access/guard/bearer.guard.js';
export type { BearerOptions } from './access/bearer.options.js';
export type { AuthorizePredicate } from './access/guard/access-rules.js';
export { type AuthenticatedRequest, Token } from './access/guard/token.decorator.js';
export {
  ForeignTokenRefusal,
  type RefusalDiagnosis,
  type TokenFacts,
  TokenRefusal,
} from './tokens/token-refusal.js';
export type { TokenVerifier, VerifiedToken } from './tokens/token-verifier.js';
export { verifiedToken } from './tokens/verified-token.js';
export type { CatalogueEntry } from './contract/catalogue/catalogue-entry.js';
export { Catalogue } from './contract/catalogue/catalogue.js';
export { isErrorCode } from './contract/catalogue/error-code.js';
export { buildChallenge } from './contract/challenge/challenge.builder.js';
export { parseChallenges } from './contract/challenge/challenge.parser.js';
export type { Challenge } from './contract/challenge/challenge.js';
export { Throws } from './documents/declared/throws.decorator.js';
export type { UndeclaredPolicy } from './documents/declared/undeclared-errors.js';
export type { DpopOptions } from './access/dpop/dpop.options.js';
export type { MutualTlsOptions } from './access/mutual-tls/mutual-tls.options.js';
export { ErrorsModule } from './errors.module.js';
export type { ErrorsModuleExtras, ErrorsModuleOptions } from './errors.options.js';
export type { ProblemOptions } from './answers/problem/problem.options.js';
export type {
  ApiExceptionOptions,
  FailureLimits,
  ParameterFailure,
} from './contract/exceptions/api-exception.options.js';
export { ApiException } from './contract/exceptions/api.exception.js';
export {
  InsufficientScopeException,
  InvalidRequestException,
  InvalidTokenException,
} from './contract/exceptions/bearer.exceptions.js';
export type { BearerExceptionOptions } from './contract/exceptions/refusal-class.js';
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
} from './contract/exceptions/contract.exceptions.js';
export {
  type AnyApiExceptionClass,
  type ApiExceptionClass,
  defineException,
} from './contract/exceptions/define-exception.js';
export {
  InvalidResourceException,
  ResourceAlreadyExistException,
  ResourceNotExistException,
} from './contract/exceptions/resource.exceptions.js';
export {
  InvalidDpopProofException,
  UseDpopNonceException,
} from './contract/exceptions/dpop.exceptions.js';
export {
  type AuthenticationRequirement,
  InsufficientUserAuthenticationException,
} from './contract/exceptions/step-up.exception.js';
export type {
  ErrorObserver,
  ErrorReport,
  RequestContext,
} from './answers/report/error-observer.js';
export { ErrorsFilter } from './answers/http/errors.filter.js';
export {
  type DescribedFailure,
  ErrorDescriber,
  type ToolErrorResult,
} from './answers/error.describer.js';
export type { BodyMembers } from './answers/body-members.js';
export type { RequestIdOf } from './answers/http/request.id.js';
export type { LogPolicy } from './answers/report/log.policy.js';
export type { RowRule } from './contract/catalogue/row-rule.js';
export {
  type ErrorMapper,
  type ErrorMatcher,
  type ErrorPredicate,
  MapErrors,
} from './mapping/error-mapper.js';
export type { CatalogueOptions } from './documents/catalogue/catalogue.options.js';
export { fastifyErrorOptions } from './answers/http/fastify.options.js';
export { MemoryStore } from './tokens/store/memory.store.js';
export type { SharedStore } from './tokens/store/shared.store.js';
export { Resource } from './mapping/validation/resource.decorator.js';
export { SchemaValidationPipe } from './mapping/validation/schemas/schema-validation.pipe.js';
export type {
  StandardIssue,
  StandardResult,
  StandardSchema,
} from './mapping/validation/schemas/standard-schema.js';
export { validationExceptionFactory } from './mapping/validation/validation-exception.factory.js';
export type { ValidationOptions } from './mapping/validation/validation.options.js';
