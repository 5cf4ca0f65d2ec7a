import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { carrierOf } from '../../nest/calls.js';
import type { VerifiedToken } from '../../tokens/token-verifier.js';

/** A request that `BearerGuard` let pass. @publicApi */
export interface AuthenticatedRequest {
  /** The verified token; `undefined` on `@Public()` routes and where `@OptionalToken()` had none. */
  auth?: VerifiedToken;
}

/**
 * Injects the {@link VerifiedToken} into a handler's parameter; `undefined` where none was sent to
 * an `@OptionalToken()` route.
 *
 * @publicApi
 */
export const Token = createParamDecorator(
  (_data: unknown, context: ExecutionContext): VerifiedToken | undefined => {
    const carrier: AuthenticatedRequest | undefined = carrierOf(context);
    return carrier?.auth;
  },
);
