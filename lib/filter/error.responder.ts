import { InternalServerErrorException } from '../exceptions/contract.exceptions.js';
import type { ApiException } from '../exceptions/api.exception.js';
import type { ExceptionMapper } from '../mapping/exception.mapper.js';
import type { AllowedMethods } from '../routes/allowed-methods.js';
import { type Answer, toAnswer } from './answer.js';
import type { AnswerObserver } from './answer.observer.js';
import type { AnswerSettings } from './answer.settings.js';
import { type AnyResponse, cutAnswer, writeAnswer } from './answer.writer.js';
import { RequestOrigin } from './error.origin.js';
import type { ErrorReporter } from './error.reporter.js';
import { type AnyRequest, LazyRequestContext, type RequestContext } from './request-context.js';

/**
 * Answers an error, wherever in the server it arose: maps, writes, then reports. Never throws.
 *
 * @internal
 */
export class ErrorResponder {
  private readonly observers: AnswerObserver[];

  constructor(
    private readonly mapper: ExceptionMapper,
    private readonly settings: AnswerSettings,
    private readonly reporter: ErrorReporter,
    private readonly allowedMethods: AllowedMethods,
    observer?: AnswerObserver,
  ) {
    this.observers = observer ? [observer] : [];
  }

  /** Tells one more of what is answered from now on. */
  observe(observer: AnswerObserver): void {
    this.observers.push(observer);
  }

  /** Answers, or cuts the connection where an answer was begun that is now wrong. */
  respond(thrown: unknown, request: AnyRequest, response: AnyResponse): void {
    const context = new LazyRequestContext(request);
    const { exception, answer } = this.#answer(
      this.mapper.toException(thrown, new RequestOrigin(request, this.allowedMethods)),
      context,
      request.headers.authorization,
    );
    if (!writeAnswer(response, answer, this.settings.defaultChallenge)) {
      cutAnswer(response);
    }
    this.#report(exception, thrown, answer, context);
    for (const observer of this.observers) {
      observer.answered(request, context, answer);
    }
  }

  /** The answer to an error that has no response to be written to; reported as if it were sent. */
  answerWithoutResponse(thrown: unknown, context: RequestContext): Answer {
    const { exception, answer } = this.#answer(this.mapper.toException(thrown), context);
    this.#report(exception, thrown, answer, context);
    return answer;
  }

  /** An exception whose own options cannot be read is a fault like any other. */
  #answer(
    exception: ApiException,
    context: RequestContext,
    authorization?: string,
  ): { exception: ApiException; answer: Answer } {
    try {
      return { exception, answer: toAnswer(exception, this.settings, context.id, authorization) };
    } catch (cause) {
      const fault = new InternalServerErrorException({ cause });
      return { exception: fault, answer: toAnswer(fault, this.settings, context.id) };
    }
  }

  #report(
    exception: ApiException,
    thrown: unknown,
    { status, code }: Answer,
    request: RequestContext,
  ): void {
    this.reporter.report({ exception, thrown, status, code, request });
  }
}
