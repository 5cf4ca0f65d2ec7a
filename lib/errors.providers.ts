import type { FactoryProvider, Provider, Type } from '@nestjs/common';
import {
  APP_FILTER,
  APP_GUARD,
  APP_PIPE,
  HttpAdapterHost,
  ModuleRef,
  ModulesContainer,
} from '@nestjs/core';
import { proofErrors, toGuardRuntime, toSchemes } from './access/bearer.runtime.js';
import { BearerGuard } from './access/guard/bearer.guard.js';
import { GUARD_RUNTIME } from './access/guard/guard.runtime.js';
import { type AnswerSettings, toAnswerSettings } from './answers/answer.settings.js';
import { ErrorAnswers } from './answers/error.answers.js';
import { ErrorDescriber } from './answers/error.describer.js';
import { ErrorsFilter } from './answers/http/errors.filter.js';
import { ErrorsServer } from './answers/http/errors.server.js';
import { HTTP_RESPONDER, HttpResponder } from './answers/http/http.responder.js';
import { GatewayFilter } from './answers/websocket/gateway.filter.js';
import { ErrorReporter } from './answers/report/error.reporter.js';
import { Catalogue, CATALOGUE } from './contract/catalogue/catalogue.js';
import { anchorOf } from './documents/catalogue/anchor.js';
import type { CatalogueEntry } from './contract/catalogue/catalogue-entry.js';
import { CatalogueEndpoint } from './documents/catalogue/catalogue.endpoint.js';
import {
  CATALOGUE_PUBLISHER,
  CataloguePublisher,
} from './documents/catalogue/catalogue.publisher.js';
import { ROUTE_DECLARATIONS, RouteDeclarations } from './documents/declared/route-declarations.js';
import { UndeclaredErrors, undeclaredPolicy } from './documents/declared/undeclared-errors.js';
import { MODULE_OPTIONS_TOKEN } from './errors.options.js';
import { type ErrorsSettings, readOptions, SETTINGS } from './errors.options.reader.js';
import { ExceptionMapper } from './mapping/exception.mapper.js';
import { ErrorsValidationPipe } from './mapping/validation/errors-validation.pipe.js';
import { GlobalValidationPipe } from './mapping/validation/global-validation.pipe.js';
import { UnaskedValidationPipe } from './mapping/validation/unasked-validation.pipe.js';
import { ValidationScope } from './mapping/validation/validation-scope.js';
import {
  loadValidatorPackages,
  type ValidatorPackages,
} from './mapping/validation/validator.packages.js';
import { AllowedMethods } from './nest/allowed-methods.js';
import { addGlobalGuard, applicationConfig } from './nest/application-config.js';
import { CurrentHandler } from './nest/current-handler.js';
import { addGlobalFilter } from './nest/exception-filters.js';
import { addGatewayFilter, addGatewayPipe, gatewaysOf } from './nest/gateways.js';
import { type Handler, HANDLERS, handlersOf } from './nest/handlers.js';
import { HandledMessages } from './nest/handled-messages.guard.js';
import { HandledRequests } from './nest/handled-requests.guard.js';
import { messageOperations } from './nest/message-patterns.js';
import { RouteTable } from './nest/route-table.js';
import { noteHandshakes } from './nest/web-sockets.js';

const ANSWER_SETTINGS = Symbol('answer settings');
const GATEWAYS = Symbol('gateways');
const VALIDATOR_PACKAGES = Symbol('validator packages');

/** A provider that is made from others. */
function made(
  provide: FactoryProvider['provide'],
  inject: FactoryProvider['inject'],
  useFactory: FactoryProvider['useFactory'],
): FactoryProvider {
  return { provide, inject: inject!, useFactory };
}

/** What is made from the options. */
const services: Provider[] = [
  // Where the module was imported bare
  { provide: MODULE_OPTIONS_TOKEN, useValue: {} },
  made(SETTINGS, [MODULE_OPTIONS_TOKEN], readOptions),
  made(RouteTable, [ModulesContainer, ModuleRef], (modules: ModulesContainer, ref: ModuleRef) => {
    return new RouteTable(modules, applicationConfig(ref));
  }),
  made(HANDLERS, [ModulesContainer], handlersOf),
  made(CATALOGUE, [ANSWER_SETTINGS], (settings: AnswerSettings) => new Catalogue(settings)),
  { provide: Catalogue, useExisting: CATALOGUE },
  made(GUARD_RUNTIME, [SETTINGS], ({ bearer }: ErrorsSettings) => toGuardRuntime(bearer)),
  made(ANSWER_SETTINGS, [SETTINGS], ({ problem, catalogue, ...settings }: ErrorsSettings) => {
    const { bearer, strict, rows, body, requestId, grpc } = settings;
    const onPage = catalogue && ((row: CatalogueEntry) => `${catalogue.path}#${anchorOf(row)}`);
    return toAnswerSettings({
      schemes: toSchemes(bearer),
      strict,
      rows,
      ...body,
      problem: problem && { type: problem.type ?? onPage },
      grpcDomain: grpc.domain,
      idOf: requestId,
    });
  }),
  made(
    HandledMessages,
    [RouteTable, HANDLERS],
    ({ config }: RouteTable, handlers: readonly Handler[]) => {
      const messages = new HandledMessages();
      if (handlers.some(({ handler }) => messageOperations(handler).length > 0)) {
        addGlobalGuard(config, messages);
      }
      return messages;
    },
  ),
  { provide: ExceptionMapper, useFactory: () => new ExceptionMapper() },
  made(
    HTTP_RESPONDER,
    [SETTINGS, ANSWER_SETTINGS, ExceptionMapper, RouteTable, HttpAdapterHost, HandledMessages],
    async (
      { log, onError, methodNotAllowed }: ErrorsSettings,
      settings: AnswerSettings,
      mapper: ExceptionMapper,
      table: RouteTable,
      host: HttpAdapterHost,
      messages: HandledMessages,
    ) => {
      const answers = new ErrorAnswers(mapper, new ErrorReporter(log, onError), settings);
      const { match } = methodNotAllowed ? await import('path-to-regexp') : {};
      return new HttpResponder(answers, new AllowedMethods(table, match), host, messages);
    },
  ),
  made(VALIDATOR_PACKAGES, [SETTINGS], ({ validation }: ErrorsSettings) =>
    loadValidatorPackages(validation === false ? 'off' : validation ? 'asked' : 'unasked'),
  ),
  made(
    ValidationScope,
    [SETTINGS, RouteTable, HANDLERS],
    ({ validation }: ErrorsSettings, { config }: RouteTable, handlers: readonly Handler[]) => {
      const current = new CurrentHandler();
      const scope = new ValidationScope(handlers, config, current, validation);
      if (scope.needsHandler) {
        addGlobalGuard(config, current);
      }
      return scope;
    },
  ),
  made(
    ROUTE_DECLARATIONS,
    [SETTINGS, ANSWER_SETTINGS, RouteTable, ValidationScope, VALIDATOR_PACKAGES],
    (
      { bearer }: ErrorsSettings,
      answer: AnswerSettings,
      table: RouteTable,
      scope: ValidationScope,
      packages: ValidatorPackages | undefined,
    ) => {
      const settings = {
        answer,
        hasVerifier: bearer.verifier !== undefined,
        schemes: toSchemes(bearer).map(({ scheme }) => scheme),
        proofErrors: proofErrors(bearer),
      };
      return new RouteDeclarations(settings, table, scope, packages);
    },
  ),
  // Made for what it adds: the first of the global guards, and a listener
  made(
    UndeclaredErrors,
    [SETTINGS, ROUTE_DECLARATIONS, HTTP_RESPONDER],
    ({ undeclared }: ErrorsSettings, declarations: RouteDeclarations, http: HttpResponder) => {
      const requests = new HandledRequests();
      const policy = undeclaredPolicy(undeclared);
      if (policy !== 'ignore' && addGlobalGuard(declarations.table.config, requests)) {
        http.listen(new UndeclaredErrors(policy, requests, declarations));
      }
    },
  ),
  // Made for what it adds: a filter for each, which has to be there before they are connected
  made(
    GATEWAYS,
    [ModulesContainer, HTTP_RESPONDER, RouteTable],
    (modules: ModulesContainer, http: HttpResponder, { config }: RouteTable) => {
      const gateways = gatewaysOf(modules);
      for (const gateway of gateways) {
        addGatewayFilter(gateway, new GatewayFilter(gateway, http));
      }
      if (gateways.length > 0) {
        noteHandshakes(config);
      }
      return gateways;
    },
  ),
  made(
    ErrorsServer,
    [HttpAdapterHost, HTTP_RESPONDER],
    (host: HttpAdapterHost, http: HttpResponder) => new ErrorsServer(host, http),
  ),
  made(
    CATALOGUE_PUBLISHER,
    [CATALOGUE, ROUTE_DECLARATIONS],
    (catalogue: Catalogue, declarations: RouteDeclarations) =>
      new CataloguePublisher(catalogue, declarations),
  ),
  made(
    CatalogueEndpoint,
    [SETTINGS, CATALOGUE_PUBLISHER, HttpAdapterHost, HTTP_RESPONDER],
    (
      { catalogue }: ErrorsSettings,
      publisher: CataloguePublisher,
      host: HttpAdapterHost,
      http: HttpResponder,
    ) => new CatalogueEndpoint(catalogue, publisher, host, http),
  ),
  ErrorsFilter,
  ErrorDescriber,
  BearerGuard,
];

/** What Nest runs for every route. It skips an enhancer whose factory returns nothing. */
const enhancers: Provider[] = [
  made(APP_FILTER, [RouteTable, ErrorsFilter], ({ config }: RouteTable, filter: ErrorsFilter) =>
    addGlobalFilter(config, filter) ? undefined : filter,
  ),
  made(
    APP_GUARD,
    // Behind the guards that note the handler, where there are any
    [SETTINGS, RouteTable, BearerGuard, ValidationScope, HandledMessages],
    ({ bearer }: ErrorsSettings, { config }: RouteTable, guard: BearerGuard) =>
      bearer.global && !addGlobalGuard(config, guard) ? guard : undefined,
  ),
  made(
    APP_PIPE,
    [SETTINGS, ValidationScope, VALIDATOR_PACKAGES, GATEWAYS],
    (
      { validation }: ErrorsSettings,
      scope: ValidationScope,
      packages: ValidatorPackages | undefined,
      gateways: readonly Type[],
    ) => {
      if (validation === false) {
        return undefined;
      }
      const pipe = validation
        ? new ErrorsValidationPipe(validation)
        : new UnaskedValidationPipe(packages);
      const global = new GlobalValidationPipe(pipe, scope, {
        transform: validation?.transform !== false,
        code: validation?.code,
        isSilent: validation?.disableErrorMessages === true,
      });
      for (const gateway of gateways) {
        addGatewayPipe(gateway, global);
      }
      return global;
    },
  ),
];

/** @internal */
export const errorsProviders: Provider[] = [...services, ...enhancers];
