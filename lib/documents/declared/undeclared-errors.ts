import { Logger } from '@nestjs/common';
import type { Answer } from '../../answers/answer.js';
import type { AnsweredCall, AnswerListener } from '../../answers/http/answer.listener.js';
import type { RequestContext } from '../../answers/report/error-observer.js';
import type { Handled, HandledRequests } from '../../nest/handled-requests.guard.js';
import type { RouteDeclarations } from './route-declarations.js';

/** What becomes of an error that its route does not declare. @publicApi */
export type UndeclaredPolicy = 'log' | 'error' | 'ignore';

/** `'log where declared'`: nothing is said of routes that declare nothing. */
type Policy = UndeclaredPolicy | 'log where declared';

/** What an application asked for; in production nothing is there unless it did, and costs nothing. @internal */
export function undeclaredPolicy(asked: UndeclaredPolicy | undefined): Policy {
  const isProduction = process.env['NODE_ENV'] === 'production';
  return asked ?? (isProduction ? 'ignore' : 'log where declared');
}

/** Codes may be made from data: past these nothing is remembered, and nothing is logged. */
const MAX_LOGGED = 1000;

/** An answer that its route does not declare. */
class UndeclaredError extends Error {
  override readonly name = 'UndeclaredError';
}

/**
 * Finds the errors that leave a handler, or what surrounds it, undeclared. What never reached a
 * handler is nobody's to declare.
 *
 * @internal
 */
export class UndeclaredErrors implements AnswerListener {
  readonly #logger = new Logger('ErrorsModule');
  readonly #logged = new Set<string>();

  constructor(
    private readonly policy: Exclude<Policy, 'ignore'>,
    private readonly requests: HandledRequests,
    private readonly declarations: RouteDeclarations,
  ) {}

  answered(call: AnsweredCall, context: RequestContext, answer: Answer): void {
    const handled = call.handled ?? [this.requests.of(call) ?? []].flat();
    try {
      // An event may have several handlers, of which any may have thrown
      const faults = handled.map((one) => this.#fault(one, context, answer));
      const [fault] = faults;
      if (fault !== undefined && faults.every((other) => other !== undefined)) {
        this.#tell(fault);
      }
    } catch (error) {
      // What surrounds a route is asked what it throws, and may be anything
      this.#logger.error(`What a route declares cannot be told: ${String(error)}`);
    }
  }

  #fault(
    { controller, handler }: Handled,
    { method, route: path }: RequestContext,
    { status, code }: Answer,
  ): string | undefined {
    const { table } = this.declarations;
    const route = table.find(controller, handler);
    const isDeclared =
      !route ||
      (this.policy === 'log where declared' && this.declarations.declaredAt(route).length === 0) ||
      this.declarations
        .of(route)
        .errors.some((error) => error.status === status && error.code === code);
    return isDeclared
      ? undefined
      : `${method} ${path ?? '(no route)'} answered ${status} ${code}, which ${String(route)} does not ` +
          `declare; name its exception in @Throws().`;
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
