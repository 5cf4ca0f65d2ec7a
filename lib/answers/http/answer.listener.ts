import type { Handled } from '../../nest/handled-requests.guard.js';
import type { AnyRequest } from '../../nest/request.js';
import type { Answer } from '../answer.js';
import type { RequestContext } from '../report/error-observer.js';

/** What an error was an answer to. @internal */
export interface AnsweredCall {
  /** `undefined` where no HTTP request is behind it. */
  readonly request: AnyRequest | undefined;
  /** What the guard that notes handlers knows the call by, where that is not its request. */
  readonly key?: object | undefined;
  /** Its handlers, where they are known without such a guard: an event may have several. */
  readonly handled?: readonly Handled[] | undefined;
}

/** Told of each error that a call was answered with, once it is. Must not throw. @internal */
export interface AnswerListener {
  answered(call: AnsweredCall, context: RequestContext, answer: Answer): void;
}
