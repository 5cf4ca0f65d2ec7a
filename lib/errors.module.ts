import {
  type DynamicModule,
  Global,
  Inject,
  Module,
  type NestModule,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost, ModuleRef, ModulesContainer } from '@nestjs/core';
import { BearerGuard, isBearerGuard } from './access/guard/bearer.guard.js';
import { GUARD_RUNTIME, type GuardRuntime } from './access/guard/guard.runtime.js';
import {
  checkGuardedFields,
  checkGuardedHandlers,
  checkVerifier,
} from './access/guard/unguarded-handlers.check.js';
import { WatchedVerifier } from './access/guard/watched.verifier.js';
import { serveMetadata } from './access/resource-metadata/metadata.routes.js';
import { checkRows } from './answers/answer.settings.js';
import { withFormatter } from './answers/graphql/driver.options.js';
import { GraphqlFormatter } from './answers/graphql/graphql.formatter.js';
import { ErrorDescriber } from './answers/error.describer.js';
import { ErrorsServer } from './answers/http/errors.server.js';
import { answerEventStreams } from './answers/http/event-streams.js';
import { answerForNestsFilter, filtersInTheWay } from './answers/http/other-filters.js';
import { HTTP_RESPONDER, type HttpResponder } from './answers/http/http.responder.js';
import { Catalogue } from './contract/catalogue/catalogue.js';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  type OPTIONS_TYPE,
} from './errors.options.js';
import { type ErrorsSettings, SETTINGS } from './errors.options.reader.js';
import { errorsProviders } from './errors.providers.js';
import { observeValidationPipe } from './mapping/validation/validation-exception.factory.js';
import { observeSchemaPipes } from './mapping/validation/schemas/refused-by-schema.js';
import { ValidationScope } from './mapping/validation/validation-scope.js';
import { ExceptionMapper } from './mapping/exception.mapper.js';
import { markAdapterHandlers } from './nest/adapter-handlers.js';
import { component } from './nest/component.js';
import { type Handler, HANDLERS } from './nest/handlers.js';
import { completeDriverOptions, guardsFields } from './nest/graphql-driver.js';
import { missingInsides } from './nest/insides.js';
import { globalPipes, observeParsePipes } from './nest/pipes.js';
import { classOf } from './nest/route-enhancers.js';
import { RouteTable } from './nest/route-table.js';
import { SafeLogger } from './nest/safe-logger.js';

/** What every copy of this library knows the module of another one by. */
const BRAND = Symbol.for('nestjs-api-errors:module');

/**
 * Gives an HTTP API one documented error contract. Importing it is enough:
 *
 * @example
 * ```ts
 * @Module({ imports: [ErrorsModule] })                 // or ErrorsModule.forRoot({ … })
 * export class AppModule {}                            // or ErrorsModule.forRootAsync({ … })
 * ```
 * @publicApi
 */
@Global()
@Module({
  providers: errorsProviders,
  // What BearerGuard and ErrorsFilter need wherever they are made
  exports: [BearerGuard, GUARD_RUNTIME, HTTP_RESPONDER, Catalogue, ErrorDescriber],
})
export class ErrorsModule extends ConfigurableModuleClass implements NestModule, OnModuleInit {
  private readonly logger = new SafeLogger();

  constructor(
    @Inject(SETTINGS) private readonly settings: ErrorsSettings,
    @Inject(GUARD_RUNTIME) private readonly guard: GuardRuntime,
    @Inject(ExceptionMapper) private readonly mapper: ExceptionMapper,
    @Inject(ErrorsServer) private readonly server: ErrorsServer,
    @Inject(ValidationScope) private readonly validation: ValidationScope,
    @Inject(RouteTable) private readonly table: RouteTable,
    @Inject(HANDLERS) private readonly handlers: readonly Handler[],
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(HTTP_RESPONDER) private readonly responder: HttpResponder,
  ) {
    super();
    guard.loadVerifier = async () => {
      const { verifier } = settings.bearer;
      return verifier && component(verifier, moduleRef, modules);
    };
  }

  /** Imports the module with options, each of which has a default. */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    assertObject('forRoot', 'options', options);
    return super.forRoot(options);
  }

  /** Imports the module with options that DI makes: `{ imports, inject, useFactory }`. */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    assertObject('forRootAsync', 'useFactory, useClass or useExisting', options);
    if (!options.useFactory && !options.useClass && !options.useExisting) {
      throw new TypeError('ErrorsModule.forRootAsync() takes useFactory, useClass or useExisting.');
    }
    return super.forRootAsync(options);
  }

  /**
   * Not for middleware: the one moment when there is an adapter, and no route on it yet.
   *
   * @internal
   */
  configure(): void {
    const { httpAdapter } = this.host;
    const { resource, ...bearer } = this.settings.bearer;
    if (httpAdapter) {
      for (const missing of missingInsides(this.table.config, httpAdapter)) {
        this.logger.warn(missing);
      }
      markAdapterHandlers(httpAdapter);
      answerEventStreams(this.handlers);
      this.#answerGraphql();
      if (resource !== undefined) {
        serveMetadata(httpAdapter, { ...bearer, resource }, this.table);
      }
    }
  }

  #answerGraphql(): void {
    const formatter = new GraphqlFormatter(this.responder);
    const isAnswered = completeDriverOptions(this.modules, (options, kind) =>
      withFormatter(options, kind, formatter),
    );
    if (!isAnswered) {
      this.logger.warn(
        'A driver of GraphQLModule is not known: errors that reach no filter of Nest are left to it.',
      );
    }
  }

  /** @internal */
  async onModuleInit(): Promise<void> {
    checkImportedOnce(this.modules);
    checkRows(this.settings);
    const { bearer, mappers } = this.settings;
    const make = <T extends object>(option: Parameters<typeof component<T>>[0]) =>
      component(option, this.moduleRef, this.modules);
    const verifier = await this.guard.loadVerifier();
    if (verifier) {
      const watched = new WatchedVerifier(verifier, (message) => this.logger.warn(message));
      this.guard.verifier = watched;
      void watched.warmUp();
    }
    this.mapper.use(await Promise.all(mappers.map((mapper) => make(mapper))));
    const guards = this.table.config?.getGlobalGuards() ?? [];
    const isGlobal = bearer.global || guards.map(classOf).some(isBearerGuard);
    checkGuardedHandlers(this.handlers, isGlobal);
    checkGuardedFields(this.handlers, guardsFields(this.modules));
    checkVerifier(this.handlers, this.guard.verifier !== undefined);
    observeParsePipes();
    observeValidationPipe();
    observeSchemaPipes([...globalPipes(this.table.config), ...this.validation.pipes]);
    answerForNestsFilter();
    const { warning } = this.validation;
    for (const message of [...filtersInTheWay(this.table.config), warning ?? []].flat()) {
      this.logger.warn(message);
    }
    this.server.install();
  }
}

Object.defineProperty(ErrorsModule, BRAND, { value: true });

/** @throws TypeError where it is called with something else, from JavaScript. */
function assertObject(method: string, what: string, given: unknown): void {
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(
      `ErrorsModule.${method}() takes an object with ${what}; got ${given === null ? 'null' : typeof given}.`,
    );
  }
}

/** Each import with options is a module of its own, and of two filters only one would answer. */
function checkImportedOnce(modules: ModulesContainer): void {
  const imported = [...modules.values()].filter(({ metatype }) => BRAND in metatype);
  if (imported.length > 1) {
    throw new Error(
      'ErrorsModule is imported twice, with other options each time; it is global, so import it ' +
        'once, in the root module.',
    );
  }
}
