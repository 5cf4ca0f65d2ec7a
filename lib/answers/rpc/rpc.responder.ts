import { randomUUID } from 'node:crypto';
import type { ArgumentsHost } from '@nestjs/common';
import { type Observable, throwError } from 'rxjs';
import type { Answer } from '../answer.js';
import type { ErrorAnswers } from '../error.answers.js';
import { represent } from '../representation.js';

/** An exception of @nestjs/microservices, which is the application's own word to its caller. */
interface RpcException extends Error {
  getError(): unknown;
}

/**
 * Answers what a handler of messages throws. Nest's transports send what the observable fails with, as
 * they do with what its own filter makes: an object with a status and a message, here with the code
 * and the description as well.
 *
 * @internal
 */
export function respondToMessage(
  thrown: unknown,
  host: ArgumentsHost,
  answers: ErrorAnswers,
): Observable<never> {
  if (isRpcException(thrown)) {
    const error = thrown.getError();
    const sent = typeof error === 'object' && error !== null ? error : toError(error);
    return throwError(() => sent);
  }
  const pattern = patternOf(host);
  const context = { id: randomUUID(), method: 'MESSAGE', route: pattern };
  const answered = answers.answer(thrown, context);
  answers.report(answered);
  const error = toMessage(answered.answer, answers);
  return throwError(() => error);
}

function toMessage(answer: Answer, { settings }: ErrorAnswers): object {
  const { body } = represent(answer, settings);
  const { status, description: message, retryAfter } = answer;
  return {
    status,
    message,
    ...(JSON.parse(body) as object),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

function toError(message: unknown): object {
  return { status: 'error', message };
}

function isRpcException(thrown: unknown): thrown is RpcException {
  return (
    thrown instanceof Error && typeof (thrown as Partial<RpcException>).getError === 'function'
  );
}

/** Each transport of Nest has its own name for it. */
const PATTERN_METHODS = ['getPattern', 'getSubject', 'getChannel', 'getTopic'];

/** The pattern that the handler was found by, where the transport's context tells. */
function patternOf(host: ArgumentsHost): string | undefined {
  const context: Partial<Record<string, () => unknown>> | undefined = host
    .switchToRpc()
    .getContext();
  const method = PATTERN_METHODS.find((name) => typeof context?.[name] === 'function');
  const pattern = method && context?.[method]?.();
  return typeof pattern === 'string' ? pattern : undefined;
}
