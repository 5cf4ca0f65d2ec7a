import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import {
  InsufficientScopeException,
  InvalidRequestException,
} from '../exceptions/bearer.exceptions.js';
import { ForbiddenException, UnauthorizedException } from '../exceptions/contract.exceptions.js';
import { checkAuthentication } from './authentication.js';
import { BearerSettings } from './bearer.settings.js';
import { isPromise } from './is-promise.js';
import { boundKey } from './proof-of-possession.js';
import { type CredentialsRequest, readCredentials } from './request-credentials.js';
import { type RouteAccess, routeAccess } from './route-access.js';
import type { AuthenticatedRequest } from './token.decorator.js';
import { refusedToken } from './token-refusal.js';
import type { VerifiedToken } from './token-verifier.js';

/** What a response of any adapter is used for here. */
interface HeaderResponse {
  header(name: string, value: string): unknown;
}

/**
 * Lets a request pass that carries a good Bearer token (RFC 6750) with the scopes its route demands,
 * or with `bearer.dpop` a token and the proof that the caller holds its key (RFC 9449).
 * Global with `bearer: { global: true }`, else per controller or route with `@UseGuards(BearerGuard)`.
 *
 * Answers 401 where nothing was sent, 400 `invalid_request` where credentials are malformed or sent
 * twice, 401 `invalid_token` where the verifier refuses the token, or the token is bound to a key and
 * comes without a proof, 401 `invalid_dpop_proof` or `use_dpop_nonce` where the proof does not do,
 * 403 `insufficient_scope` where a scope is missing, 401 `insufficient_user_authentication` where the
 * login behind the token does not do.
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
    if (context.getType() !== 'http') {
      throw new ForbiddenException('Only HTTP requests carry a token.');
    }
    const request = context.switchToHttp().getRequest<CredentialsRequest & AuthenticatedRequest>();
    const credentials = readCredentials(request, this.settings);
    if (credentials.kind === 'malformed') {
      throw new InvalidRequestException();
    }
    if (credentials.kind !== 'token') {
      return passWithoutToken(access);
    }
    const verified = this.#verify(credentials.token);
    if (credentials.scheme !== 'bearer') {
      return this.#admitProven(credentials.token, verified, access, context);
    }
    return isPromise(verified)
      ? verified.then((token) => admitBearer(token, access, request, context))
      : admitBearer(verified, access, request, context);
  }

  /** The scheme is one that needs a proof. */
  async #admitProven(
    text: string,
    verified: VerifiedToken | Promise<VerifiedToken>,
    access: RouteAccess,
    context: ExecutionContext,
  ): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<CredentialsRequest & AuthenticatedRequest>();
    const token = await verified;
    const nonce = await this.settings.possession?.check(request, text, token);
    if (nonce !== undefined) {
      // RFC 9449 §8.2: with any answer, which is then for this client alone
      const response = http.getResponse<HeaderResponse>();
      response.header('DPoP-Nonce', nonce);
      response.header('Cache-Control', 'no-store');
    }
    return admit(token, access, request, context);
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

/**
 * A token that is bound to a key is no Bearer token, with whoever it is found (RFC 9449 §7.2), also
 * where this API takes no proofs: to take it would make every other API's copy of it good here.
 */
function admitBearer(
  token: VerifiedToken,
  access: RouteAccess,
  request: AuthenticatedRequest,
  context: ExecutionContext,
): boolean | Promise<boolean> {
  if (boundKey(token) !== undefined) {
    throw refusedToken('invalid', 'bound to a key (cnf.jkt), sent with the Bearer scheme');
  }
  return admit(token, access, request, context);
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
  if (access.authentication) {
    checkAuthentication(token, access.authentication);
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
