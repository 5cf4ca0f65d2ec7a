import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { isError } from '../contract/exceptions/is-error.js';
import { HTTP_RESPONDER, type HttpResponder } from './http/http.responder.js';
import { represent } from './representation.js';

/**
 * What may be told of an error: `code` and `description`, with what else bodies of the application have.
 *
 * @publicApi
 */
export interface DescribedFailure {
  readonly code: string;
  readonly description: string;
  readonly status: number;
  /** Seconds after which another attempt is worthwhile. */
  readonly retryAfter?: number;
  readonly [member: string]: unknown;
}

/** The result of a tool that failed, as the Model Context Protocol has it (`CallToolResult`). @publicApi */
export interface ToolErrorResult {
  readonly isError: true;
  /** One text: the described failure as JSON. */
  readonly content: [{ readonly type: 'text'; readonly text: string }];
  readonly structuredContent: Record<string, unknown>;
  readonly [member: string]: unknown;
}

/** What BullMQ's processors throw to say what is to become of a job: no failures. */
const OF_BULLMQ = new Set([
  'DelayedError',
  'RateLimitError',
  'WaitingChildrenError',
  'WaitingError',
]);

/**
 * Describes errors as the contract has them where Nest runs no filters: in processors of queues, in
 * handlers of events, in tools of the Model Context Protocol. Each call maps the error, logs it and tells
 * `onError`, as for any request. Injectable wherever `ErrorsModule` is imported; never throws.
 *
 * @publicApi
 */
@Injectable()
export class ErrorDescriber {
  constructor(@Inject(HTTP_RESPONDER) private readonly responder: HttpResponder) {}

  /**
   * @param thrown - anything
   * @param operation - what failed, for the log: the name of a queue, an event or a tool
   */
  describe(thrown: unknown, operation: string): DescribedFailure {
    const context = { id: randomUUID(), method: 'TASK', route: operation };
    const answer = this.responder.answerCall(thrown, context, { request: undefined });
    const { status, retryAfter } = answer;
    const { body } = represent(answer, this.responder.settings);
    return {
      ...(JSON.parse(body) as { code: string; description: string }),
      status,
      ...(retryAfter !== undefined && { retryAfter }),
    };
  }

  /**
   * An error for a queue to keep: its message, BullMQ's failed reason, is `CODE: description`. It has the
   * name of what was thrown, so that an `UnrecoverableError` stays one; what BullMQ's processors throw to
   * have a job wait is returned as it is.
   *
   * @example `throw this.errors.toFailure(error, 'loans')`
   */
  toFailure(thrown: unknown, operation: string): Error {
    if (isError(thrown) && OF_BULLMQ.has(thrown.name)) {
      return thrown;
    }
    const { code, description } = this.describe(thrown, operation);
    const failure = new Error(`${code}: ${description}`);
    if (isError(thrown) && thrown.name === 'UnrecoverableError') {
      failure.name = thrown.name;
    }
    return failure;
  }

  /** The result of a tool of the Model Context Protocol that failed. */
  toToolResult(thrown: unknown, operation: string): ToolErrorResult {
    const failure = this.describe(thrown, operation);
    return {
      isError: true,
      content: [{ type: 'text', text: JSON.stringify(failure) }],
      structuredContent: { ...failure },
    };
  }
}
