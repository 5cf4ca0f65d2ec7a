import { Logger } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import { addFirstGlobalGuard } from '../bearer/global-guards.js';
import type { Answer } from '../filter/answer.js';
import type { AnswerObserver } from '../filter/answer.observer.js';
import type { AnyRequest, RequestContext } from '../filter/request-context.js';
import type { DeclaredErrors } from './declared-errors.js';
import { type Handled, HandledRequests } from './handled-requests.guard.js';
import { methodNameOf } from './route-method.js';

/** What becomes of an error that its route does not declare. @publicApi */
export type UndeclaredPolicy = 'log' | 'error' | 'ignore';

/** Codes may be made from data: past these nothing is remembered, and nothing is logged. */
const MAX_LOGGED = 1000;

/** An answer that its route does not declare. */
class UndeclaredError extends Error {
  override readonly name = 'UndeclaredError';
}

/**
 * What looks for undeclared errors, where the policy has anything look for them.
 *
 * @param policy - by default 'log', but in production nothing looks, and a request costs no more
 * @internal
 */
export function undeclaredErrors(
  policy: UndeclaredPolicy = process.env['NODE_ENV'] === 'production' ? 'ignore' : 'log',
  declared: DeclaredErrors,
  moduleRef: ModuleRef,
): UndeclaredErrors | undefined {
  if (policy === 'ignore') {
    return undefined;
  }
  const requests = new HandledRequests();
  addFirstGlobalGuard(moduleRef, requests);
  return new UndeclaredErrors(policy, requests, declared);
}

/**
 * Finds the errors that leave a handler, or what surrounds it, undeclared. What never reached a
 * handler is nobody's to declare.
 *
 * @internal
 */
export class UndeclaredErrors implements AnswerObserver {
  readonly #logger = new Logger('ErrorsModule');
  readonly #logged = new Set<string>();

  constructor(
    private readonly policy: Exclude<UndeclaredPolicy, 'ignore'>,
    private readonly requests: HandledRequests,
    private readonly declared: DeclaredErrors,
  ) {}

  answered(request: AnyRequest, context: RequestContext, answer: Answer): void {
    const handled = this.requests.of(request);
    try {
      if (handled && !this.#declares(handled, answer)) {
        this.#tell(describe(handled, context, answer));
      }
    } catch (error) {
      // What surrounds a route is asked what it throws, and may be anything
      this.#logger.error(`What a route declares cannot be told: ${String(error)}`);
    }
  }

  #declares({ controller, handler }: Handled, { status, code }: Answer): boolean {
    return this.declared
      .of(controller, handler)
      .some((error) => error.status === status && error.code === code);
  }

  #tell(text: string): void {
    if (this.policy === 'error') {
      // Out of the request, which is answered as ever: whatever a test makes of the answer, an
      // uncaught error fails its file in Jest, Vitest and node:test
      setImmediate(() => {
        throw new UndeclaredError(text);
      });
    } else if (!this.#logged.has(text) && this.#logged.size < MAX_LOGGED) {
      this.#logged.add(text);
      this.#logger.warn(text);
    }
  }
}

function describe(
  { controller, handler }: Handled,
  { method, route }: RequestContext,
  { status, code }: Answer,
): string {
  const declaring = `${controller.name}.${methodNameOf(controller, handler)}()`;
  return (
    `${method} ${route ?? '(no route)'} answered ${status} ${code}, which ${declaring} does not ` +
    `declare; name its exception in @Throws().`
  );
}
