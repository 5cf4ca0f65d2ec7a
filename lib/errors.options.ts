import { ConfigurableModuleBuilder, type ModuleMetadata, type Type } from '@nestjs/common';
import type { BearerOptions } from './access/bearer.options.js';
import type { UndeclaredPolicy } from './documents/declared/undeclared-errors.js';
import type { BodyMembers } from './answers/body-members.js';
import type { ProblemOptions } from './answers/problem/problem.options.js';
import type { RequestIdOf } from './answers/http/request.id.js';
import type { RowRule } from './contract/catalogue/row-rule.js';
import type { ErrorObserver } from './answers/report/error-observer.js';
import type { LogPolicy } from './answers/report/log.policy.js';
import type { ErrorMapper } from './mapping/error-mapper.js';
import type { CatalogueOptions } from './documents/catalogue/catalogue.options.js';
import type { ValidationOptions } from './mapping/validation/validation.options.js';

/**
 * Options of `ErrorsModule.forRoot()`; each has a default, and the bare `ErrorsModule` takes them all.
 *
 * @publicApi
 */
export interface ErrorsModuleOptions {
  /**
   * Options of the global validation pipe; `false` switches it off. It stands back for any validation
   * pipe of the application's: global, of a controller, of a method or of a parameter.
   *
   * @defaultValue values of classes with class-validator's rules are checked, and handed on as they
   * came; what a pipe of the application makes is not
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
    /** Members of the application's own, for every body. */
    readonly members?: BodyMembers;
  };
  /**
   * Tells errors as problem details (RFC 9457, `application/problem+json`) to clients whose `Accept`
   * prefers them. Status, code and headers are the same; to any other client so is the body.
   *
   * @defaultValue `false`
   */
  readonly problem?: boolean | ProblemOptions;
  /** How errors are told over gRPC. */
  readonly grpc?: {
    /**
     * `google.rpc.ErrorInfo.domain`, to which the codes belong.
     *
     * @example `'library.example.com'`
     * @defaultValue the full name of the service that was called: `library.v1.Books`
     */
    readonly domain?: string;
  };
  /** The id of a request, where the application knows a better one. */
  readonly requestId?: RequestIdOf;
  /**
   * Gives rows of the catalogue other codes, statuses or descriptions, in answers and in documents.
   * Asked about each of them at the start, which fails where it makes of one what is none.
   *
   * @example
   * ```ts
   * rows: (row) => ({ ...row, code: row.code.replace(/_NOT_EXIST$/, '_NOT_FOUND') })
   * ```
   */
  readonly rows?: RowRule;
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
   * Log levels of answers, by status or code; `false` logs none.
   *
   * @defaultValue a 5xx at error, with what was thrown and its causes, and whatever a handler of events
   * throws; any other at debug
   */
  readonly log?: LogPolicy | false;
  /** Publishes the catalogue as a page, as JSON and as Markdown; off unless given. */
  readonly catalogue?: CatalogueOptions;
  /**
   * What becomes of an error that leaves a route undeclared, neither in its `@Throws()` nor implied.
   * `'log'` warns of it, once for each route and code. `'error'` is for tests: it throws out of the
   * request, which fails the test file, and would end any other process. `'ignore'` looks at
   * nothing. The caller gets the same answer whichever it is.
   *
   * @defaultValue `'log'` for routes that have a `@Throws()`, or whose controller has one, and
   * nothing for any other; `'ignore'` where `NODE_ENV` is `production`
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

/** Nest's builder of configurable modules, with `imports` beside the options. @internal */
export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<ErrorsModuleOptions>({
    optionsInjectionToken: Symbol.for('nestjs-api-errors:options'),
  })
    .setClassMethodName('forRoot')
    .setExtras<ErrorsModuleExtras>({ imports: [] }, (definition, { imports = [] }) => ({
      ...definition,
      imports: [...new Set([...(definition.imports ?? []), ...imports])],
    }))
    .build();
