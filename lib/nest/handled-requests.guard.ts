import type { CanActivate, ExecutionContext, Type } from '@nestjs/common';
import { resolveInfo } from './graphql.js';
import { type AnyRequest, rawRequest } from './request.js';

/** The handler that a request was routed to. @internal */
export interface Handled {
  readonly controller: Type;
  readonly handler: object;
}

/** What a call is known by. */
interface HandledCall {
  readonly request: AnyRequest | undefined;
  /** What a resolver was told of its field. */
  readonly key?: object | undefined;
}

/**
 * Remembers which handler a request came to. An exception filter is not told by Nest's router.
 *
 * @internal
 */
export class HandledRequests implements CanActivate {
  readonly #handled = new WeakMap<object, Handled>();

  canActivate(context: ExecutionContext): boolean {
    const key = keyOf(context);
    if (key) {
      this.#handled.set(key, { controller: context.getClass(), handler: context.getHandler() });
    }
    return true;
  }

  /** `undefined` where the request reached no handler. */
  of({ request, key }: HandledCall): Handled | undefined {
    const known = key ?? (request && rawRequest(request));
    return known && this.#handled.get(known);
  }
}

/** A request has one handler, an operation of GraphQL one for each of its fields. */
function keyOf(context: ExecutionContext): object | undefined {
  switch (context.getType<string>()) {
    case 'http':
      return rawRequest(context.getArgByIndex<AnyRequest>(0));
    case 'graphql':
      return resolveInfo(context);
    default:
      return undefined;
  }
}
