import type { ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter, type HttpAdapterHost } from '@nestjs/core';
import type { AllowedMethods } from '../../nest/allowed-methods.js';
import type { HandledMessages } from '../../nest/handled-messages.guard.js';
import type { AnyRequest } from '../../nest/request.js';
import { type AnyResponse, frameworkOf } from '../../nest/response.js';
import type { Answer } from '../answer.js';
import type { AnswerSettings } from '../answer.settings.js';
import type { AnsweredRequest, ErrorAnswers } from '../error.answers.js';
import type { RequestContext } from '../report/error-observer.js';
import type { AnsweredCall, AnswerListener } from './answer.listener.js';
import { cutAnswer, writeAnswer } from './answer.writer.js';
import { HttpRequestContext } from './request-context.js';
import { noteError } from './noted-error.js';
import { RequestOrigin } from './request.origin.js';

/** DI token of {@link HttpResponder}, the same in every copy of this library. @internal */
export const HTTP_RESPONDER = Symbol.for('nestjs-api-errors:http-responder');

/** On the application of the framework: all that some errors know of theirs. */
const ATTACHED = Symbol.for('nestjs-api-errors:responder');

/** Makes a responder known to what has nothing but a response at hand. @internal */
export function attachResponder(framework: object, responder: HttpResponder): void {
  Object.assign(framework, { [ATTACHED]: responder });
}

/** The responder of the application that a response belongs to. @internal */
export function responderOf(response: AnyResponse): HttpResponder | undefined {
  const framework: { [ATTACHED]?: HttpResponder } | undefined = frameworkOf(response);
  return framework?.[ATTACHED];
}

/** Answers an error over HTTP, wherever in the server it arose. Never throws. @internal */
export class HttpResponder {
  readonly #listeners: AnswerListener[] = [];

  constructor(
    readonly answers: ErrorAnswers,
    private readonly allowedMethods: AllowedMethods,
    private readonly host: HttpAdapterHost,
    /** The handlers of messages, for what answers these. */
    readonly messages: HandledMessages,
  ) {}

  get settings(): AnswerSettings {
    return this.answers.settings;
  }

  /** Tells one more of what is answered from now on. */
  listen(listener: AnswerListener): void {
    this.#listeners.push(listener);
  }

  /** Answers with what is no error as Nest does. */
  passOn(thrown: unknown, host: ArgumentsHost): void {
    new BaseExceptionFilter(this.host.httpAdapter).catch(thrown, host);
  }

  /** Answers, or cuts the connection where an answer was begun that is now wrong. */
  respond(thrown: unknown, request: AnyRequest, response: AnyResponse): void {
    const { answers } = this;
    const context = this.contextOf(request, response);
    const answered = answers.answer(thrown, context, {
      origin: new RequestOrigin(request, response, this.allowedMethods),
      request,
    });
    if (answered.answer.status >= 500) {
      noteError(response, thrown);
    }
    if (!writeAnswer(response, answered.answer, answers.settings)) {
      cutAnswer(response);
    }
    answers.report(answered);
    this.#tell({ request }, context, answered.answer);
  }

  /** The answer to an error that another transport is to be told of; reported as if it were. */
  answerCall(
    thrown: unknown,
    context: RequestContext,
    call: AnsweredCall,
    origin?: AnsweredRequest['origin'],
  ): Answer {
    const { request } = call;
    const answered = this.answers.answer(thrown, context, { request, ...(origin && { origin }) });
    this.answers.report(answered);
    this.#tell(call, context, answered.answer);
    return answered.answer;
  }

  #tell(call: AnsweredCall, context: RequestContext, answer: Answer): void {
    for (const listener of this.#listeners) {
      listener.answered(call, context, answer);
    }
  }

  contextOf(request: AnyRequest, response: AnyResponse): HttpRequestContext {
    return new HttpRequestContext(request, response, this.settings.idOf);
  }

  /** The answer to an error that has no response to be written to; reported as if it were sent. */
  answerWithoutResponse(thrown: unknown, context: RequestContext, request?: AnyRequest): Answer {
    const answered = this.answers.answer(thrown, context, { request });
    this.answers.report(answered);
    return answered.answer;
  }
}
