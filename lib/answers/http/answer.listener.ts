import type { Handled } from '../../nest/handled-requests.guard.js';
import type { AnyRequest } from '../../nest/request.js';
import type { Answer } from '../answer.js';
import type { RequestContext } from '../report/error-observer.js';

/** Told of each error that a request was answered with, once it is. Must not throw. @internal */
export interface AnswerListener {
  /** @param handled - of a message, the handlers that it came to */
  answered(
    request: AnyRequest,
    context: RequestContext,
    answer: Answer,
    handled?: readonly Handled[],
  ): void;
}
