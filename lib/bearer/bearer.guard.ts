import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import {
  InsufficientScopeException,
  InvalidRequestException,
} from '../exceptions/bearer.exceptions.js';
import { ForbiddenException, UnauthorizedException } from '../exceptions/contract.exceptions.js';
import { BearerSettings } from './bearer.settings.js';
import { type CredentialsRequest, readCredentials } from './request-credentials.js';
import { type RouteAccess, routeAccess } from './route-access.js';
import type { AuthenticatedRequest } from './token.decorator.js';
import type { VerifiedToken } from './token-verifier.js';

/**
 * Lets a request pass that carries a good Bearer token (RFC 6750) with the scopes its route demands.
 * Global with `bearer: { global: true }`, else per controller or route with `@UseGuards(BearerGuard)`.
 *
 * Answers 401 where nothing was sent, 400 `invalid_request` where credentials are malformed or sent
 * twice, 401 `invalid_token` where the verifier refuses the token, 403 `insufficient_scope` where a
 * scope is missing.
 *
 * @publicApi
 */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(@Inject(BearerSettings) private readonly settings: BearerSettings) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const access = routeAccess(context.getClass(), context.getHandler());
    if (access.token === 'none') {
      return true;
    }
    const request = context.switchToHttp().getRequest<CredentialsRequest & AuthenticatedRequest>();
    const credentials = readCredentials(request, this.settings.formToken);
    if (credentials.kind === 'malformed') {
      throw new InvalidRequestException();
    }
    if (credentials.kind !== 'token') {
      return passWithoutToken(access);
    }
    const verified = this.#verify(credentials.token);
    return isPromise(verified)
      ? verified.then((token) => admit(token, access, request, context))
      : admit(verified, access, request, context);
  }

  #verify(token: string): VerifiedToken | Promise<VerifiedToken> {
    const { verifier } = this.settings;
    if (!verifier) {
      throw new Error(
        'BearerGuard has no verifier; set bearer.verifier in ErrorsModule.forRoot().',
      );
    }
    return verifier.verify(token);
  }
}

function passWithoutToken(access: RouteAccess): boolean {
  if (access.token === 'optional') {
    return true;
  }
  throw new UnauthorizedException();
}

function isPromise<T extends object>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as Promise<T>).then === 'function';
}

/** Tokens are good here; what is left to ask is whether they suffice. */
function admit(
  token: VerifiedToken,
  access: RouteAccess,
  request: AuthenticatedRequest,
  context: ExecutionContext,
): boolean | Promise<boolean> {
  const has = (scope: string) => token.scopes.includes(scope);
  if (!access.scopes.every(has) || !access.anyScopes.every((scopes) => scopes.some(has))) {
    throw new InsufficientScopeException(neededScopes(access));
  }
  request.auth = token;
  return access.authorize.length === 0 || isAuthorized(token, access, context);
}

/** All that the route needs, in declared order: the client asks for a new token once. */
function neededScopes({ scopes, anyScopes }: RouteAccess): string[] {
  return [...new Set([...scopes, ...anyScopes.flat()])];
}

async function isAuthorized(
  token: VerifiedToken,
  access: RouteAccess,
  context: ExecutionContext,
): Promise<boolean> {
  for (const predicate of access.authorize) {
    // One after another: a later predicate may rely on what an earlier one has made sure of
    // oxlint-disable-next-line no-await-in-loop
    if (!(await predicate(token, context))) {
      throw new ForbiddenException();
    }
  }
  return true;
}
