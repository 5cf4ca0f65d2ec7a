import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, ModuleRef, ModulesContainer } from '@nestjs/core';
import { BearerGuard } from './bearer/bearer.guard.js';
import { DEFAULT_REALM } from './bearer/bearer.options.js';
import { BearerSettings } from './bearer/bearer.settings.js';
import { addFirstGlobalGuard, globalGuards } from './bearer/global-guards.js';
import { checkGuardedRoutes } from './bearer/unguarded-routes.check.js';
import { Catalogue } from './catalogue/catalogue.js';
import { component } from './errors.components.js';
import { checkOptions } from './errors.options.check.js';
import {
  ConfigurableModuleClass,
  type ErrorsModuleOptions,
  MODULE_OPTIONS_TOKEN,
} from './errors.options.js';
import { ANSWER_SETTINGS, type AnswerSettings } from './filter/answer.settings.js';
import { ErrorsFilter } from './filter/errors.filter.js';
import { ExceptionMapper } from './mapping/exception.mapper.js';
import { ErrorsValidationPipe } from './validation/errors-validation.pipe.js';
import { assertValidationPackages } from './validation/validation.packages.js';

/** The options once checked; defaults where the module was imported bare. */
const OPTIONS = Symbol('nestjs-api-errors:checked-options');

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
  providers: [
    {
      provide: OPTIONS,
      useFactory: (options: ErrorsModuleOptions = {}) => checkOptions(options),
      inject: [{ token: MODULE_OPTIONS_TOKEN, optional: true }],
    },
    {
      provide: Catalogue,
      useFactory: ({ strict }: ErrorsModuleOptions) => new Catalogue(strict),
      inject: [OPTIONS],
    },
    {
      provide: ANSWER_SETTINGS,
      useFactory: ({ bearer, strict, body }: ErrorsModuleOptions): AnswerSettings => ({
        realm: bearer?.realm ?? DEFAULT_REALM,
        strict: strict ?? false,
        failures: body?.failures ?? false,
        requestId: body?.requestId ?? false,
      }),
      inject: [OPTIONS],
    },
    {
      provide: BearerSettings,
      useFactory: ({ bearer }: ErrorsModuleOptions) =>
        new BearerSettings(bearer?.formToken ?? false),
      inject: [OPTIONS],
    },
    { provide: ExceptionMapper, useFactory: () => new ExceptionMapper() },
    ErrorsFilter,
    BearerGuard,
    { provide: APP_FILTER, useExisting: ErrorsFilter },
    {
      provide: APP_GUARD,
      // Nest skips an enhancer whose factory returns nothing
      useFactory: ({ bearer }: ErrorsModuleOptions, guard: BearerGuard, moduleRef: ModuleRef) =>
        bearer?.global && !addFirstGlobalGuard(moduleRef, guard) ? guard : undefined,
      inject: [OPTIONS, BearerGuard, ModuleRef],
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
      inject: [OPTIONS],
    },
  ],
  // What BearerGuard needs wherever @UseGuards() has it made
  exports: [BearerGuard, BearerSettings, Catalogue],
})
export class ErrorsModule extends ConfigurableModuleClass implements OnModuleInit {
  constructor(
    @Inject(OPTIONS) private readonly options: ErrorsModuleOptions,
    @Inject(BearerSettings) private readonly bearer: BearerSettings,
    @Inject(ExceptionMapper) private readonly mapper: ExceptionMapper,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
  ) {
    super();
  }

  /** @internal */
  async onModuleInit(): Promise<void> {
    const { bearer, mappers = [] } = this.options;
    const made = <T extends object>(option: Parameters<typeof component<T>>[0]) =>
      component(option, this.moduleRef, this.modules);
    this.bearer.verifier = bearer?.verifier && (await made(bearer.verifier));
    this.mapper.use(await Promise.all(mappers.map((mapper) => made(mapper))));
    if (!globalGuards(this.moduleRef).some((guard) => guard instanceof BearerGuard)) {
      checkGuardedRoutes(this.modules);
    }
  }
}
