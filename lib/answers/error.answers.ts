import { InternalServerErrorException } from '../contract/exceptions/contract.exceptions.js';
import type { ExceptionMapper, MappedException } from '../mapping/exception.mapper.js';
import type { ErrorOrigin } from '../mapping/http/nest-exception.mapping.js';
import { type Answer, toAnswer } from './answer.js';
import type { AnswerSettings } from './answer.settings.js';
import { readMembers } from './body-members.js';
import type { ErrorReport, RequestContext } from './report/error-observer.js';
import type { ErrorReporter } from './report/error.reporter.js';

/** An answer, with what is to be told of it. @internal */
export interface AnsweredError {
  readonly answer: Answer;
  readonly report: ErrorReport;
  /** Whether a mapper made the exception of another library's error. */
  readonly isForeign: boolean;
}

/** What is known of a request beside its context. @internal */
export interface AnsweredRequest {
  readonly origin?: ErrorOrigin & {
    /** The auth scheme that it used, where a guard noted one. */
    readonly scheme: string | undefined;
  };
  /** As the framework has it. */
  readonly request?: unknown;
}

/**
 * From anything thrown to its answer, and on to the log, whichever transport it goes out by. Never
 * throws.
 *
 * @internal
 */
export class ErrorAnswers {
  constructor(
    private readonly mapper: ExceptionMapper,
    private readonly reporter: ErrorReporter,
    readonly settings: AnswerSettings,
  ) {}

  answer(thrown: unknown, context: RequestContext, known: AnsweredRequest = {}): AnsweredError {
    const mapped = this.mapper.toException(thrown, known.origin);
    try {
      return this.#answered(mapped, thrown, context, known);
    } catch (cause) {
      // An exception whose own options cannot be read is a fault like any other
      const exception = new InternalServerErrorException({ cause });
      return this.#answered({ exception, isForeign: false }, thrown, context, known);
    }
  }

  /** To be called once the answer is on its way. */
  report({ report, isForeign }: AnsweredError): void {
    this.reporter.report(report, isForeign);
  }

  #answered(
    { exception, isForeign }: MappedException,
    thrown: unknown,
    request: RequestContext,
    known: AnsweredRequest,
  ): AnsweredError {
    const answer = toAnswer(exception, this.settings, request.id, known.origin);
    const { status, code } = answer;
    const report = { exception, thrown, status, code, request };
    const { members: make } = this.settings;
    const members = make && readMembers('body.members', () => make(report, known.request));
    return members
      ? { report, isForeign, answer: { ...answer, members: { ...members, ...answer.members } } }
      : { report, isForeign, answer };
  }
}
