import type { Answer } from './answer.js';
import type { AnyRequest, RequestContext } from './request-context.js';

/** Told of each error that a request was answered with, once it is. Must not throw. @internal */
export interface AnswerObserver {
  answered(request: AnyRequest, context: RequestContext, answer: Answer): void;
}
