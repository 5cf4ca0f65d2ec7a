import type { CanActivate, ExecutionContext, Type } from '@nestjs/common';
import { type AnyRequest, rawRequest } from './request.js';

/** The handler that a request was routed to. @internal */
export interface Handled {
  readonly controller: Type;
  readonly handler: object;
}

/**
 * Remembers which handler a request came to. An exception filter is not told by Nest's router.
 *
 * @internal
 */
export class HandledRequests implements CanActivate {
  readonly #handled = new WeakMap<object, Handled>();

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() === 'http') {
      const request = context.getArgByIndex<AnyRequest>(0);
      this.#handled.set(rawRequest(request), {
        controller: context.getClass(),
        handler: context.getHandler(),
      });
    }
    return true;
  }

  /** `undefined` where the request reached no handler. */
  of(request: AnyRequest): Handled | undefined {
    return this.#handled.get(rawRequest(request));
  }
}
