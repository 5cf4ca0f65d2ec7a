import type { Type } from '@nestjs/common';
import type { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { BearerGuard } from '../bearer/bearer.guard.js';
import { type RouteAccess, routeAccess } from '../bearer/route-access.js';
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { contractRows } from '../catalogue/contract-rows.js';
import type { ApiException } from '../exceptions/api.exception.js';
import type { AnswerSettings } from '../filter/answer.settings.js';
import { controllersOf, type RouteHandler } from '../routes/controllers.js';
import type { ValidationOptions } from '../validation/validation.options.js';
import { bearerErrors } from './bearer.errors.js';
import { bodyErrors } from './body.errors.js';
import {
  type DeclaredError,
  declaredException,
  declaredRow,
  mergeErrors,
} from './declared-error.js';
import { pipeErrors } from './pipe.errors.js';
import { classOf, type RouteEnhancers, routeEnhancers } from './route-enhancers.js';
import { methodNameOf } from './route-method.js';
import { type RouteParameter, routeParameters } from './route-parameters.js';
import { isThrottled, throttlerError } from './throttler.errors.js';
import { declarationsOfClass, declarationsOfMethod } from './throws.decorator.js';
import { validationErrors } from './validation.errors.js';
import type { ValidatorPackages } from './validator.packages.js';

/** What an application's configuration says of its errors. @internal */
export interface DeclaredErrorsSettings {
  readonly answer: AnswerSettings;
  /** Options of the global validation pipe. */
  readonly validation: ValidationOptions | false;
  readonly hasVerifier: boolean;
  /** What proofs of possession are refused with, where tokens may be bound to a key. */
  readonly proofErrors: readonly ApiException[];
}

/** A route, and what it can answer with. @internal */
export interface RouteErrors {
  readonly controller: Type;
  readonly handler: RouteHandler;
  readonly errors: readonly DeclaredError[];
  /** What its token must have; `undefined` where no bearer guard asks for one. */
  readonly access: RouteAccess | undefined;
}

/**
 * Knows the errors that each route can answer with: those that `@Throws()` declares, and those that
 * what surrounds its handler implies.
 *
 * @internal
 */
export class DeclaredErrors {
  // A handler may be inherited by several controllers, hence both keys
  readonly #known = new WeakMap<Type, WeakMap<object, readonly DeclaredError[]>>();

  constructor(
    readonly settings: DeclaredErrorsSettings,
    private readonly modules: ModulesContainer,
    private readonly config: ApplicationConfig | undefined,
    private readonly packages: ValidatorPackages | undefined,
  ) {}

  /** Every route of the application. */
  routes(): RouteErrors[] {
    return controllersOf(this.modules).flatMap(({ controller, handlers }) =>
      handlers.map((handler) => ({
        controller,
        handler,
        errors: this.of(controller, handler),
        access: this.#access(controller, handler),
      })),
    );
  }

  /** Each (status, code) once, by status. To be asked once the application is made. */
  of(controller: Type, handler: object): readonly DeclaredError[] {
    const known = this.#known.get(controller) ?? new WeakMap<object, readonly DeclaredError[]>();
    this.#known.set(controller, known);
    const errors = known.get(handler) ?? this.#collect(controller, handler);
    known.set(handler, errors);
    return errors;
  }

  #collect(controller: Type, handler: object): readonly DeclaredError[] {
    const method = methodNameOf(controller, handler);
    const enhancers = routeEnhancers(controller, handler, this.config);
    const parameters = routeParameters(controller, method);
    const rows = [
      ...declarationsOfClass(controller),
      ...declarationsOfMethod(controller, method),
      ...Object.values(enhancers).flat().flatMap(declarationsOfEnhancer),
      ...parameters.flatMap((parameter) => this.#parameterErrors(parameter, enhancers)),
      ...(parameters.some((parameter) => parameter.in === 'body') ? bodyErrors : []),
      ...(enhancers.guards.some((guard) => isThrottled(guard, controller, handler))
        ? [throttlerError]
        : []),
      contractRows.internalServerError,
    ];
    const { answer } = this.settings;
    return mergeErrors([
      ...rows.map((row) => declaredRow(row, answer)),
      ...this.#bearerErrors(controller, handler),
    ]);
  }

  #parameterErrors(parameter: RouteParameter, { pipes }: RouteEnhancers): CatalogueEntry[] {
    const { validation } = this.settings;
    const validated = validation && this.packages;
    return [
      ...(validated ? validationErrors(parameter, validation, validated) : []),
      ...parameter.pipes.flatMap(declarationsOfEnhancer),
      ...[...pipes, ...parameter.pipes].flatMap((pipe) =>
        pipeErrors(pipe, parameter, this.packages),
      ),
    ];
  }

  #bearerErrors(controller: Type, handler: object): DeclaredError[] {
    const { answer, hasVerifier, proofErrors } = this.settings;
    const access = this.#access(controller, handler);
    const refusals = access ? bearerErrors(access, hasVerifier, proofErrors) : [];
    return refusals.map((exception) => declaredException(exception, answer));
  }

  #access(controller: Type, handler: object): RouteAccess | undefined {
    const { guards } = routeEnhancers(controller, handler, this.config);
    const isGuarded = guards.map(classOf).some(isBearerGuard);
    return isGuarded ? routeAccess(controller, handler) : undefined;
  }
}

function isBearerGuard(type: Type | undefined): boolean {
  return type === BearerGuard || type?.prototype instanceof BearerGuard;
}

/** A guard, a pipe or an interceptor declares for the routes behind it. */
function declarationsOfEnhancer(enhancer: unknown): CatalogueEntry[] {
  const type = classOf(enhancer);
  return type ? declarationsOfClass(type) : [];
}
