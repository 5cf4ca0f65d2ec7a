import {
  Global,
  Inject,
  Module,
  type NestModule,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost, ModuleRef, ModulesContainer } from '@nestjs/core';
import { BearerGuard } from './bearer/bearer.guard.js';
import { BearerSettings } from './bearer/bearer.settings.js';
import { globalGuards } from './bearer/global-guards.js';
import { checkGuardedRoutes } from './bearer/unguarded-routes.check.js';
import { Catalogue } from './catalogue/catalogue.js';
import { serveResource } from './errors.bearer.js';
import { component } from './errors.components.js';
import { ConfigurableModuleClass, type ErrorsModuleOptions } from './errors.options.js';
import { CHECKED_OPTIONS, errorsProviders } from './errors.providers.js';
import { ExceptionMapper } from './mapping/exception.mapper.js';
import { AllowedMethods } from './routes/allowed-methods.js';
import { ErrorsServer } from './server/errors.server.js';

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
  // What BearerGuard needs wherever @UseGuards() has it made
  exports: [BearerGuard, BearerSettings, Catalogue],
})
export class ErrorsModule
  extends ConfigurableModuleClass
  implements NestModule, OnModuleInit, OnModuleDestroy
{
  constructor(
    @Inject(CHECKED_OPTIONS) private readonly options: ErrorsModuleOptions,
    @Inject(BearerSettings) private readonly bearer: BearerSettings,
    @Inject(ExceptionMapper) private readonly mapper: ExceptionMapper,
    @Inject(ErrorsServer) private readonly server: ErrorsServer,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(AllowedMethods) private readonly allowed: AllowedMethods,
  ) {
    super();
  }

  /**
   * Not for middleware: the one moment when there is an adapter, and no route on it yet.
   *
   * @internal
   */
  configure(): void {
    const { httpAdapter } = this.host;
    if (httpAdapter) {
      if (this.options.methodNotAllowed) {
        this.allowed.observe(httpAdapter);
      }
      serveResource(this.options.bearer, httpAdapter, this.modules);
    }
  }

  /** @internal */
  async onModuleInit(): Promise<void> {
    checkImportedOnce(this.modules);
    const { bearer, mappers = [] } = this.options;
    const made = <T extends object>(option: Parameters<typeof component<T>>[0]) =>
      component(option, this.moduleRef, this.modules);
    this.bearer.verifier = bearer?.verifier && (await made(bearer.verifier));
    this.bearer.verifier?.warmUp?.();
    this.mapper.use(await Promise.all(mappers.map((mapper) => made(mapper))));
    if (!globalGuards(this.moduleRef).some((guard) => guard instanceof BearerGuard)) {
      checkGuardedRoutes(this.modules);
    }
    this.server.install();
  }

  /** @internal */
  onModuleDestroy(): void {
    this.server.close();
  }
}

/** Each import with options is a module of its own, and of two filters only one would answer. */
function checkImportedOnce(modules: ModulesContainer): void {
  const imported = [...modules.values()].filter(({ metatype }) => metatype === ErrorsModule);
  if (imported.length > 1) {
    throw new Error(
      'ErrorsModule is imported twice, with other options each time; it is global, so import it ' +
        'once, in the root module.',
    );
  }
}
