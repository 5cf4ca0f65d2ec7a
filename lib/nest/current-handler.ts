import { AsyncLocalStorage } from 'node:async_hooks';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Handled } from './handled-requests.guard.js';

/**
 * Knows the handler that is about to be called, to what runs in front of it and is not told. As the
 * first of the global guards.
 *
 * @internal
 */
export class CurrentHandler implements CanActivate {
  readonly #storage = new AsyncLocalStorage<Handled>();

  canActivate(context: ExecutionContext): boolean {
    this.#storage.enterWith({ controller: context.getClass(), handler: context.getHandler() });
    return true;
  }

  get(): Handled | undefined {
    return this.#storage.getStore();
  }
}
