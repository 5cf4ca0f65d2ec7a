import type { Answer } from '../../answers/answer.js';
import type { AnsweredCall, AnswerListener } from '../../answers/http/answer.listener.js';
import type { RequestContext } from '../../answers/report/error-observer.js';
import { requestTarget } from '../../nest/request.js';
import type { Operation } from '../../documents/catalogue/operations.js';
import type { DeclaredAnswer } from '../coverage/coverage.data.js';
import { operationFinder } from './operation.finder.js';

/** One answer, with what tells the operation that gave it. */
interface RecordedAnswer {
  readonly method: string;
  readonly route: string | undefined;
  readonly path: string;
  readonly status: number;
  readonly code: string;
}

/** Remembers the errors that requests were answered with, each kind once. @internal */
export class AnsweredErrors implements AnswerListener {
  readonly #answers = new Map<string, RecordedAnswer>();

  answered(
    { request }: AnsweredCall,
    { method, route }: RequestContext,
    { status, code }: Answer,
  ): void {
    const path = request ? requestTarget(request).split('?', 1)[0]! : '';
    const answer = { method, route, path, status, code };
    this.#answers.set(JSON.stringify(answer), answer);
  }

  /** The answers that operations gave; what none of them is asked for is no operation's. */
  of(operations: readonly Operation[]): DeclaredAnswer[] {
    const find = operationFinder(operations);
    return [...this.#answers.values()].flatMap(({ status, code, ...request }) => {
      const operation = find(request);
      return operation
        ? [{ operation: `${operation.method} ${operation.path}`, status, code }]
        : [];
    });
  }
}
