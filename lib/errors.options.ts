import { ConfigurableModuleBuilder, type ModuleMetadata, type Type } from '@nestjs/common';
import type { BearerOptions } from './bearer/bearer.options.js';
import type { UndeclaredPolicy } from './declared/undeclared-errors.js';
import type { ErrorObserver } from './filter/error.report.js';
import type { LogPolicy } from './filter/log.policy.js';
import type { ErrorMapper } from './mapping/error-mapper.js';
import type { CatalogueOptions } from './publish/catalogue.options.js';
import type { ValidationOptions } from './validation/validation.options.js';

/**
 * Options of `ErrorsModule.forRoot()`; each has a default, and the bare `ErrorsModule` takes them all.
 *
 * @publicApi
 */
export interface ErrorsModuleOptions {
  /**
   * Options of the global validation pipe; `false` where the application brings its own.
   *
   * @defaultValue `{}`: on, with Nest's own defaults
   */
  readonly validation?: ValidationOptions | false;
  /** Who may call, and how refusals are challenged. */
  readonly bearer?: BearerOptions;
  /**
   * Turn errors of other libraries into exceptions, asked in this order: classes, made by DI (the
   * application's own provider of it where there is one), or instances.
   */
  readonly mappers?: readonly (Type<ErrorMapper> | ErrorMapper)[];
  /** What a body has beside `code` and `description`. */
  readonly body?: {
    /** The request's id, as `requestId`. @defaultValue `false` */
    readonly requestId?: boolean;
    /** The failed parameters of a 400, as `failures`. @defaultValue `false` */
    readonly failures?: boolean;
  };
  /**
   * Folds statuses outside the contract into its 19 rows: 413 becomes 400 LIMIT_EXCEEDED, 429
   * becomes 403 LIMIT_EXCEEDED, and so on.
   *
   * @defaultValue `false`
   */
  readonly strict?: boolean;
  /**
   * Answers a known path with a method that it does not have with 405 METHOD_NOT_ALLOWED and `Allow`
   * (RFC 9110 §15.5.6), instead of 404.
   *
   * @defaultValue `false`
   */
  readonly methodNotAllowed?: boolean;
  /**
   * Log levels of answers, by status or code.
   *
   * @defaultValue a 5xx at error, with what was thrown and its causes; any other at debug
   */
  readonly log?: LogPolicy;
  /** Publishes the catalogue as a page, as JSON and as Markdown; off unless given. */
  readonly catalogue?: CatalogueOptions;
  /**
   * What becomes of an error that leaves a route undeclared, neither in its `@Throws()` nor implied.
   * `'log'` warns of it, once for each route and code. `'error'` is for tests: it throws out of the
   * request, which fails the test file, and would end any other process. `'ignore'` looks at
   * nothing. The caller gets the same answer whichever it is.
   *
   * @defaultValue `'log'`; `'ignore'` where `NODE_ENV` is `production`
   */
  readonly undeclared?: UndeclaredPolicy;
  /** Told of every error, once it is answered. For metrics and error trackers. */
  readonly onError?: ErrorObserver;
}

/** What the module definition itself takes beside its options. @publicApi */
export interface ErrorsModuleExtras {
  /** Modules whose providers the verifier and the mappers inject. */
  readonly imports?: ModuleMetadata['imports'];
}

/** @internal */
export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<ErrorsModuleOptions>({
    optionsInjectionToken: Symbol('nestjs-api-errors:options'),
  })
    .setClassMethodName('forRoot')
    .setExtras<ErrorsModuleExtras>({ imports: [] }, (definition, { imports = [] }) => ({
      ...definition,
      imports: [...new Set([...(definition.imports ?? []), ...imports])],
    }))
    .build();
