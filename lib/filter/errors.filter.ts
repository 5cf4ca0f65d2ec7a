import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import { ExceptionMapper } from '../mapping/exception.mapper.js';
import type { ErrorOrigin } from '../mapping/http-exception.mapping.js';
import { toAnswer } from './answer.js';
import { ANSWER_SETTINGS, type AnswerSettings } from './answer.settings.js';
import { type AnyResponse, writeAnswer } from './answer.writer.js';
import { ExceptionLogger } from './exception.logger.js';

interface AnyRequest {
  readonly method: string;
  readonly url: string;
  readonly originalUrl?: string;
}

// Set by Nest's router on requests that pipes refused (@nestjs/core, rejected-by-pipes)
const REJECTED_BY_PIPES = Symbol.for('nestjs:rejected-by-pipes');

/**
 * Answers whatever reaches Nest's exception layer as the contract says.
 *
 * @publicApi
 */
@Catch()
export class ErrorsFilter implements ExceptionFilter {
  readonly #logger = new ExceptionLogger();

  constructor(
    @Inject(ExceptionMapper) private readonly mapper: ExceptionMapper,
    @Inject(ANSWER_SETTINGS) private readonly settings: AnswerSettings,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') {
      throw thrown;
    }
    const request = host.getArgByIndex<AnyRequest>(0);
    const exception = this.mapper.toException(thrown, originOf(request));
    const answer = toAnswer(exception, this.settings);
    this.#logger.log(exception, thrown, request.method);
    writeAnswer(host.getArgByIndex<AnyResponse>(1), answer);
  }
}

function originOf(request: AnyRequest): ErrorOrigin {
  return {
    unknownRouteMessage: `Cannot ${request.method} ${request.originalUrl ?? request.url}`,
    rejectedByPipes: REJECTED_BY_PIPES in request,
  };
}
