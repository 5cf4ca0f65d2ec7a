import type { ArgumentsHost, CanActivate, ExecutionContext } from '@nestjs/common';
import { grpcCallOf } from './grpc-call.js';
import type { Handled } from './handled-requests.guard.js';

/**
 * Remembers which handlers a message came to; an event may have several. An exception filter is not told.
 *
 * @internal
 */
export class HandledMessages implements CanActivate {
  readonly #handled = new WeakMap<object, Handled[]>();

  canActivate(context: ExecutionContext): boolean {
    const key = context.getType() === 'rpc' ? keyOf(context) : undefined;
    if (key) {
      const handled = { controller: context.getClass(), handler: context.getHandler() };
      this.#handled.set(key, [...(this.#handled.get(key) ?? []), handled]);
    }
    return true;
  }

  /** None where the message reached no handler. */
  of(host: ArgumentsHost): readonly Handled[] {
    const key = keyOf(host);
    return (key && this.#handled.get(key)) ?? [];
  }
}

/** What each message has of its own: a call of gRPC, else the context that its transport makes. */
function keyOf(host: ArgumentsHost): object | undefined {
  const args = host.getArgs<unknown[]>();
  const key = grpcCallOf(args) ?? args[1];
  return typeof key === 'object' && key !== null ? key : undefined;
}
