import { isBearerGuard } from '../../access/guard/bearer.guard.js';
import { type RouteAccess, routeAccess } from '../../access/guard/route-access.js';
import type { AnswerSettings } from '../../answers/answer.settings.js';
import type { CatalogueEntry } from '../../contract/catalogue/catalogue-entry.js';
import { contractRows } from '../../contract/catalogue/contract-rows.js';
import type { ApiException } from '../../contract/exceptions/api.exception.js';
import { isStandardSchema } from '../../mapping/validation/schemas/standard-schema.js';
import type { ValidationOptions } from '../../mapping/validation/validation.options.js';
import type { ValidationScope } from '../../mapping/validation/validation-scope.js';
import type { ValidatorPackages } from '../../mapping/validation/validator.packages.js';
import { isBehindPassport } from '../../nest/passport.js';
import { classOf, ownEnhancers } from '../../nest/route-enhancers.js';
import type { RouteParameter } from '../../nest/route-parameters.js';
import type { Route, RouteTable } from '../../nest/route-table.js';
import { isThrottled } from '../../nest/throttler.js';
import { bodyErrors, throttlerError } from './adapter.errors.js';
import {
  type DeclaredError,
  declaredException,
  declaredRow,
  mergeErrors,
} from './declared.error.js';
import { bearerErrors } from './guard.errors.js';
import { pipeErrors } from './pipe.errors.js';
import { declarationsOfClass, declarationsOfMethod } from './throws.decorator.js';
import { schemaErrors, validationErrors } from './validation.errors.js';

/** DI token of {@link RouteDeclarations}, the same in every copy of this library. @internal */
export const ROUTE_DECLARATIONS = Symbol.for('nestjs-api-errors:route-declarations');

/** What an application's configuration says of its errors. @internal */
export interface DeclarationSettings {
  readonly answer: AnswerSettings;
  readonly hasVerifier: boolean;
  /** The auth schemes that tokens are taken by: `Bearer`, `DPoP`. */
  readonly schemes: readonly string[];
  /** What proofs of possession are refused with, where tokens may be bound to a key. */
  readonly proofErrors: readonly ApiException[];
}

/** What a route declares, and what surrounds it. @internal */
export interface RouteDeclaration {
  /** Each (status, code) once, by status. */
  readonly errors: readonly DeclaredError[];
  /** What its token must have; `undefined` where no bearer guard asks for one. */
  readonly access: RouteAccess | undefined;
}

/**
 * Knows the errors that each route can answer with: those that `@Throws()` declares, and those that
 * what surrounds its handler implies. To be asked once the application is made.
 *
 * @internal
 */
export class RouteDeclarations {
  readonly #known = new WeakMap<Route, RouteDeclaration>();

  constructor(
    readonly settings: DeclarationSettings,
    readonly table: RouteTable,
    private readonly validation: ValidationScope,
    private readonly packages: ValidatorPackages | undefined,
  ) {}

  of(route: Route): RouteDeclaration {
    const known = this.#known.get(route);
    if (known) {
      return known;
    }
    const isGuarded = route.enhancers.guards.map(classOf).some(isBearerGuard);
    const access = isGuarded ? routeAccess(route.controller, route.handler) : undefined;
    const declaration = { access, errors: this.#errors(route, access) };
    this.#known.set(route, declaration);
    return declaration;
  }

  /** What the `@Throws()` of a route and of its controller name. */
  declaredAt({ controller, method }: Route): CatalogueEntry[] {
    return [...declarationsOfClass(controller), ...declarationsOfMethod(controller, method)];
  }

  #errors(route: Route, access: RouteAccess | undefined): readonly DeclaredError[] {
    const { controller, handler, enhancers, parameters } = route;
    const { answer, hasVerifier, proofErrors } = this.settings;
    const rows = [
      ...this.declaredAt(route),
      ...Object.values(enhancers).flat().flatMap(declarationsOfEnhancer),
      ...parameters.flatMap((parameter) => this.#parameterErrors(parameter, route)),
      ...(hasBody(route) ? bodyErrors : []),
      ...(enhancers.guards.some((guard) => isThrottled(guard, controller, handler))
        ? [throttlerError]
        : []),
      ...(enhancers.guards.some((guard) => isBehindPassport(guard, controller, handler))
        ? [contractRows.unauthorized]
        : []),
      contractRows.internalServerError,
    ];
    const refusals = access ? bearerErrors(access, hasVerifier, proofErrors) : [];
    return mergeErrors([
      ...rows.map((row) => declaredRow(row, answer)),
      ...refusals.map((exception) => declaredException(exception, answer)),
    ]);
  }

  #parameterErrors(parameter: RouteParameter, route: Route): CatalogueEntry[] {
    const { controller, handler, enhancers } = route;
    const { asked } = this.validation;
    const around = ownEnhancers('pipes', controller, handler);
    const isValidated = this.validation.isFor(parameter, around);
    return [
      ...(isValidated ? this.#validationErrors(parameter, asked || {}) : []),
      ...parameter.pipes.flatMap(declarationsOfEnhancer),
      ...[...enhancers.pipes, ...parameter.pipes].flatMap((pipe) =>
        pipeErrors(pipe, parameter, this.packages),
      ),
    ];
  }

  #validationErrors(parameter: RouteParameter, options: ValidationOptions): CatalogueEntry[] {
    if (isStandardSchema(parameter.schema)) {
      return parameter.in === 'other' ? [] : schemaErrors(parameter.schema, parameter, options);
    }
    return this.packages ? validationErrors(parameter, options, this.packages) : [];
  }
}

/** What other transports carry is no body that an adapter reads. */
function hasBody({ operations, parameters }: Route): boolean {
  return !operations && parameters.some((parameter) => parameter.in === 'body');
}

/** A guard, a pipe or an interceptor declares for the routes behind it. */
function declarationsOfEnhancer(enhancer: unknown): CatalogueEntry[] {
  const type = classOf(enhancer);
  return type ? declarationsOfClass(type) : [];
}
