import { randomUUID } from 'node:crypto';
import type { ArgumentsHost } from '@nestjs/common';
import { type Observable, of, throwError } from 'rxjs';
import { directAnswer, grpcCallOf } from '../../nest/grpc-call.js';
import type { Handled } from '../../nest/handled-requests.guard.js';
import { grpcOperation, handlesEvents, messageOperations } from '../../nest/message-patterns.js';
import { SafeLogger } from '../../nest/safe-logger.js';
import { toGrpcError } from '../grpc/grpc.error.js';
import type { HttpResponder } from '../http/http.responder.js';
import type { RequestContext } from '../report/error-observer.js';
import { toMessage } from './message.js';

/** An exception of @nestjs/microservices, which is the application's own word to its caller. */
interface RpcException extends Error {
  getError(): unknown;
}

const logger = new SafeLogger();

/**
 * Answers what a handler of messages throws. Nest's transports send what the observable fails with, as
 * they do with what its own filter makes: an object with a status and a message, here with the code
 * and the description as well; over gRPC a status with its details.
 *
 * @internal
 */
export function respondToMessage(
  thrown: unknown,
  host: ArgumentsHost,
  responder: HttpResponder,
): Observable<unknown> {
  const error = errorFor(thrown, host, responder);
  const args = host.getArgs<unknown[]>();
  const call = grpcCallOf(args);
  const answer = call && directAnswer(args, call);
  if (answer) {
    // Nobody reads what such a handler fails with: the process would end over it
    answer(error);
    return of(undefined);
  }
  return throwError(() => error);
}

function errorFor(thrown: unknown, host: ArgumentsHost, responder: HttpResponder): object {
  const { messages, settings } = responder;
  const handled = messages.of(host);
  if (isRpcException(thrown)) {
    if (isEvent(handled)) {
      // Nobody waits for it; Nest 12 logs it too
      logger.error('An event handler failed', thrown);
    }
    const error = thrown.getError();
    return typeof error === 'object' && error !== null
      ? error
      : { status: 'error', message: error };
  }
  const context = { id: randomUUID(), ...operationOf(host, handled) };
  const answer = responder.answerCall(thrown, context, { request: undefined, handled });
  const call = grpcCallOf(host.getArgs<unknown[]>());
  return call ? toGrpcError(answer, settings, call) : toMessage(answer, settings);
}

function isRpcException(thrown: unknown): thrown is RpcException {
  return (
    thrown instanceof Error && typeof (thrown as Partial<RpcException>).getError === 'function'
  );
}

function isEvent(handled: readonly Handled[]): boolean {
  return handled.length > 0 && handled.every(({ handler }) => handlesEvents(handler));
}

type Operation = Pick<RequestContext, 'method' | 'route'>;

/** As the handler declares it, where that is known; a topic may be anything that its pattern matches. */
function operationOf(host: ArgumentsHost, handled: readonly Handled[]): Operation {
  const call = grpcCallOf(host.getArgs<unknown[]>());
  if (call) {
    return { method: 'GRPC', route: grpcOperation(call.getPath()) };
  }
  const sent = patternOf(host);
  const operations = handled.flatMap(({ handler }) => messageOperations(handler));
  const operation = operations.find(({ pattern }) => pattern === sent) ?? operations[0];
  return {
    method: operation?.method ?? 'MESSAGE',
    route: operation?.pattern ?? sent,
  };
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
