import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  Optional,
} from '@nestjs/common';
import { noteUsedScheme } from '../../contract/challenge/used-scheme.js';
import {
  InsufficientScopeException,
  InvalidRequestException,
} from '../../contract/exceptions/bearer.exceptions.js';
import {
  ForbiddenException,
  UnauthorizedException,
} from '../../contract/exceptions/contract.exceptions.js';
import { carrierOf, requestBehind, responseBehind } from '../../nest/calls.js';
import { type AnyRequest, rawRequest } from '../../nest/request.js';
import { setHeader } from '../../nest/response.js';
import { isPromise } from '../../tokens/is-promise.js';
import type { VerifiedToken } from '../../tokens/token-verifier.js';
import { checkAuthentication } from '../step-up/authentication.js';
import { GUARD_RUNTIME, type GuardRuntime } from './guard.runtime.js';
import { checkConfirmations } from './proof-of-possession.js';
import { readCredentials } from './request-credentials.js';
import { neededScopes, type RouteAccess, routeAccess } from './route-access.js';
import type { AuthenticatedRequest } from './token.decorator.js';

/** What every copy of this library knows the guard of another one by. */
const BRAND = Symbol.for('nestjs-api-errors:bearer-guard');

type GuardedRequest = AnyRequest & AuthenticatedRequest;

/**
 * Lets a request pass that carries a good Bearer token (RFC 6750) with the scopes its route demands,
 * or with `bearer.dpop` a token and the proof that the caller holds its key (RFC 9449).
 * Global with `bearer: { global: true }`, else per controller or route with `@UseGuards(BearerGuard)`.
 *
 * Over HTTP, in front of resolvers of GraphQL and in front of the handlers of gateways, whose connections
 * carry the token: in `Authorization`, in `auth.token` of socket.io, or among the connection parameters
 * of graphql-ws.
 *
 * Answers 401 where nothing was sent, 400 `invalid_request` where credentials are malformed or sent
 * twice, 401 `invalid_token` where the verifier refuses the token, or the token is bound to a key or a
 * certificate (`cnf`) and comes without it, 401 `invalid_dpop_proof` or `use_dpop_nonce` where the proof does not do,
 * 403 `insufficient_scope` where a scope is missing, 401 `insufficient_user_authentication` where the
 * login behind the token does not do.
 *
 * @publicApi
 */
@Injectable()
export class BearerGuard implements CanActivate {
  /** @throws Error where there is no `ErrorsModule` that it could have its settings from. */
  constructor(@Optional() @Inject(GUARD_RUNTIME) private readonly runtime: GuardRuntime) {
    // Nest would name a symbol
    if (runtime === undefined) {
      throw new Error(
        'BearerGuard needs ErrorsModule: import it, with bearer.verifier, in the root module.',
      );
    }
  }

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const access = routeAccess(context.getClass(), context.getHandler());
    if (access.token === 'none') {
      return true;
    }
    const request: GuardedRequest = this.requestOf(context);
    const credentials = readCredentials(request, this.runtime);
    if ('scheme' in credentials && this.runtime.schemes.length > 1) {
      // Who answers a refusal says it in the scheme that was used
      noteUsedScheme(rawRequest(request), credentials.scheme);
    }
    if (credentials.kind === 'malformed') {
      throw new InvalidRequestException();
    }
    if (credentials.kind !== 'token') {
      return passWithoutToken(access);
    }
    if (credentials.scheme !== 'bearer' && context.getType() === 'rpc') {
      // A proof is made for a method and a URI of HTTP (RFC 9449 §4.2)
      throw new ForbiddenException('Only HTTP requests carry a proof.');
    }
    const verified = this.verify(credentials.token);
    if (credentials.scheme !== 'bearer') {
      return this.admitProven(credentials.token, verified, access, context);
    }
    return isPromise(verified)
      ? verified.then((token) => this.admitBearer(token, access, request, context))
      : this.admitBearer(verified, access, request, context);
  }

  /**
   * The request behind a context: of HTTP, also behind a resolver or the connection of a gateway, or a call
   * of gRPC, whose metadata have its `authorization`. For a guard of one's own to say where else one is.
   *
   * @throws ForbiddenException where there is none: nothing is open because its guard cannot see it.
   */
  protected requestOf(context: ExecutionContext): AnyRequest {
    const request = requestBehind(context);
    if (request === undefined) {
      throw new ForbiddenException('Nothing here carries a token.');
    }
    return request;
  }

  private admitBearer(
    token: VerifiedToken,
    access: RouteAccess,
    request: GuardedRequest,
    context: ExecutionContext,
  ): boolean | Promise<boolean> {
    checkConfirmations(token, request, false, this.runtime.certificates);
    return admit(token, access, request, context);
  }

  /** The scheme is one that needs a proof. */
  private async admitProven(
    text: string,
    verified: VerifiedToken | Promise<VerifiedToken>,
    access: RouteAccess,
    context: ExecutionContext,
  ): Promise<boolean> {
    const request: GuardedRequest = this.requestOf(context);
    const token = await verified;
    checkConfirmations(token, request, true, this.runtime.certificates);
    const nonce = await this.runtime.possession?.check(request, text, token);
    if (nonce !== undefined) {
      // RFC 9449 §8.2: with any answer, which is then for this client alone
      const response = responseBehind(context);
      if (response) {
        setHeader(response, 'DPoP-Nonce', nonce);
        setHeader(response, 'Cache-Control', 'no-store');
      }
    }
    return admit(token, access, request, context);
  }

  private verify(token: string): VerifiedToken | Promise<VerifiedToken> {
    const { verifier } = this.runtime;
    if (!verifier) {
      throw new Error(
        'BearerGuard has no verifier; set bearer.verifier in ErrorsModule.forRoot().',
      );
    }
    return verifier.verify(token);
  }
}

Object.defineProperty(BearerGuard, BRAND, { value: true });

/** Whether a class is that of the bearer guard, or one made from it, of whichever copy. @internal */
export function isBearerGuard(type: unknown): boolean {
  return typeof type === 'function' && BRAND in type;
}

function passWithoutToken(access: RouteAccess): boolean {
  if (access.token === 'optional') {
    return true;
  }
  throw new UnauthorizedException();
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
  // Where `@Token()` looks: what stands for the request behind a connection is made for each call
  const carrier: AuthenticatedRequest | undefined = carrierOf(context);
  if (carrier && carrier !== request) {
    carrier.auth = token;
  }
  return access.authorize.length === 0 || isAuthorized(token, access, context);
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
