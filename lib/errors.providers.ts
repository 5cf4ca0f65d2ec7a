import type { Provider } from '@nestjs/common';
import {
  APP_FILTER,
  APP_GUARD,
  APP_INTERCEPTOR,
  APP_PIPE,
  HttpAdapterHost,
  ModuleRef,
  ModulesContainer,
} from '@nestjs/core';
import { BearerGuard } from './bearer/bearer.guard.js';
import { BearerSettings } from './bearer/bearer.settings.js';
import { proofErrors, toBearerSettings, toSchemes } from './errors.bearer.js';
import { addFirstGlobalGuard, applicationConfig } from './bearer/global-guards.js';
import { Catalogue } from './catalogue/catalogue.js';
import { checkOptions } from './errors.options.check.js';
import { type ErrorsModuleOptions, MODULE_OPTIONS_TOKEN } from './errors.options.js';
import { DeclaredErrors } from './declared/declared-errors.js';
import { undeclaredErrors } from './declared/undeclared-errors.js';
import { loadValidatorPackages } from './declared/validator.packages.js';
import { type AnswerSettings, challengeSettings } from './filter/answer.settings.js';
import { ErrorReporter } from './filter/error.reporter.js';
import { ErrorResponder } from './filter/error.responder.js';
import { ErrorsFilter } from './filter/errors.filter.js';
import { openTelemetryObserver } from './filter/opentelemetry.observer.js';
import { ExceptionMapper } from './mapping/exception.mapper.js';
import { CatalogueEndpoint } from './publish/catalogue.endpoint.js';
import { CataloguePublisher } from './publish/catalogue.publisher.js';
import { operationsOf } from './publish/operations.js';
import { AllowedMethods } from './routes/allowed-methods.js';
import { ErrorsServer } from './server/errors.server.js';
import { hasSseRoutes, SseErrorsInterceptor } from './server/sse-errors.interceptor.js';
import { ErrorsValidationPipe } from './validation/errors-validation.pipe.js';
import { assertValidationPackages } from './validation/validation.packages.js';

/** The options once checked; defaults where the module was imported bare. @internal */
export const CHECKED_OPTIONS = Symbol('nestjs-api-errors:checked-options');

/** What is made from the options. */
const services: Provider[] = [
  {
    provide: CHECKED_OPTIONS,
    useFactory: (options: ErrorsModuleOptions = {}) => checkOptions(options),
    inject: [{ token: MODULE_OPTIONS_TOKEN, optional: true }],
  },
  {
    provide: Catalogue,
    useFactory: ({ strict }: ErrorsModuleOptions) => new Catalogue(strict),
    inject: [CHECKED_OPTIONS],
  },
  {
    provide: BearerSettings,
    useFactory: ({ bearer }: ErrorsModuleOptions) => toBearerSettings(bearer),
    inject: [CHECKED_OPTIONS],
  },
  { provide: ExceptionMapper, useFactory: () => new ExceptionMapper() },
  { provide: AllowedMethods, useFactory: () => new AllowedMethods() },
  {
    provide: ErrorReporter,
    useFactory: async ({ log, onError }: ErrorsModuleOptions) => {
      const observers = [onError, await openTelemetryObserver()];
      return new ErrorReporter(
        log,
        observers.filter((observer) => observer !== undefined),
      );
    },
    inject: [CHECKED_OPTIONS],
  },
  {
    provide: DeclaredErrors,
    useFactory: async (
      options: ErrorsModuleOptions,
      modules: ModulesContainer,
      moduleRef: ModuleRef,
    ) => {
      const settings = {
        answer: answerSettings(options),
        validation: options.validation ?? {},
        hasVerifier: options.bearer?.verifier !== undefined,
        proofErrors: proofErrors(options.bearer),
      };
      const config = applicationConfig(moduleRef);
      return new DeclaredErrors(settings, modules, config, await loadValidatorPackages());
    },
    inject: [CHECKED_OPTIONS, ModulesContainer, ModuleRef],
  },
  {
    provide: ErrorResponder,
    useFactory: (
      options: ErrorsModuleOptions,
      mapper: ExceptionMapper,
      reporter: ErrorReporter,
      allowed: AllowedMethods,
      declared: DeclaredErrors,
      moduleRef: ModuleRef,
    ) => {
      const undeclared = undeclaredErrors(options.undeclared, declared, moduleRef);
      return new ErrorResponder(mapper, answerSettings(options), reporter, allowed, undeclared);
    },
    inject: [
      CHECKED_OPTIONS,
      ExceptionMapper,
      ErrorReporter,
      AllowedMethods,
      DeclaredErrors,
      ModuleRef,
    ],
  },
  {
    provide: ErrorsServer,
    useFactory: (host: HttpAdapterHost, responder: ErrorResponder) =>
      new ErrorsServer(host, responder),
    inject: [HttpAdapterHost, ErrorResponder],
  },
  {
    provide: CataloguePublisher,
    useFactory: (
      catalogue: Catalogue,
      declared: DeclaredErrors,
      modules: ModulesContainer,
      moduleRef: ModuleRef,
    ) =>
      new CataloguePublisher(catalogue, () =>
        operationsOf(declared, modules, applicationConfig(moduleRef)),
      ),
    inject: [Catalogue, DeclaredErrors, ModulesContainer, ModuleRef],
  },
  {
    provide: CatalogueEndpoint,
    useFactory: (
      { catalogue }: ErrorsModuleOptions,
      publisher: CataloguePublisher,
      host: HttpAdapterHost,
      responder: ErrorResponder,
    ) => new CatalogueEndpoint(catalogue, publisher, host, responder),
    inject: [CHECKED_OPTIONS, CataloguePublisher, HttpAdapterHost, ErrorResponder],
  },
  ErrorsFilter,
  BearerGuard,
];

/** What Nest runs for every route. It skips an enhancer whose factory returns nothing. */
const enhancers: Provider[] = [
  { provide: APP_FILTER, useExisting: ErrorsFilter },
  {
    provide: APP_GUARD,
    useFactory: ({ bearer }: ErrorsModuleOptions, guard: BearerGuard, moduleRef: ModuleRef) =>
      bearer?.global && !addFirstGlobalGuard(moduleRef, guard) ? guard : undefined,
    inject: [CHECKED_OPTIONS, BearerGuard, ModuleRef],
  },
  {
    provide: APP_INTERCEPTOR,
    useFactory: (modules: ModulesContainer, responder: ErrorResponder) =>
      hasSseRoutes(modules) ? new SseErrorsInterceptor(responder) : undefined,
    inject: [ModulesContainer, ErrorResponder],
  },
  {
    provide: APP_PIPE,
    useFactory: async ({ validation }: ErrorsModuleOptions) => {
      if (validation === false) {
        return undefined;
      }
      await assertValidationPackages();
      return new ErrorsValidationPipe(validation);
    },
    inject: [CHECKED_OPTIONS],
  },
];

/** @internal */
export const errorsProviders: Provider[] = [...services, ...enhancers];

function answerSettings({ bearer, strict, body }: ErrorsModuleOptions): AnswerSettings {
  return {
    ...challengeSettings(toSchemes(bearer)),
    strict: strict ?? false,
    failures: body?.failures ?? false,
    requestId: body?.requestId ?? false,
  };
}
