import { randomUUID } from 'node:crypto';
import type { ArgumentsHost } from '@nestjs/common';
import { usedScheme } from '../../contract/challenge/used-scheme.js';
import { requestBehind } from '../../nest/calls.js';
import type { Handled } from '../../nest/handled-requests.guard.js';
import { rawRequest } from '../../nest/request.js';
import { emitException } from '../../nest/web-sockets.js';
import type { Answer } from '../answer.js';
import type { AnswerSettings } from '../answer.settings.js';
import type { HttpResponder } from '../http/http.responder.js';
import { represent } from '../representation.js';

/** An exception of @nestjs/websockets, which is the application's own word to its client. */
interface WsException extends Error {
  getError(): unknown;
}

/**
 * Tells the client of a gateway what its message failed with: `{ code, description, status, message }`,
 * in the acknowledgement that it asked for, else as the event `exception`. Nothing of what it sent is
 * in there. Never throws.
 *
 * @internal
 */
export function respondToSocket(
  thrown: unknown,
  host: ArgumentsHost,
  responder: HttpResponder,
  handled?: Handled,
): void {
  const args = host.getArgs<unknown[]>();
  const ack = args.slice(2).find((arg) => typeof arg === 'function');
  if (isWsException(thrown)) {
    const error = thrown.getError();
    const isObject = typeof error === 'object' && error !== null;
    emitException(args[0], ack, isObject ? error : { status: 'error', message: error });
    return;
  }
  const request = requestBehind(host);
  const context = { id: randomUUID(), method: 'WS', route: patternOf(args) };
  const origin = request && { scheme: usedScheme(rawRequest(request)) };
  const answer = responder.answerCall(
    thrown,
    context,
    { request, handled: handled && [handled] },
    origin,
  );
  emitException(args[0], ack, toEvent(answer, responder.settings));
}

function toEvent(answer: Answer, settings: AnswerSettings): object {
  const { status, description: message, retryAfter, challenges } = answer;
  return {
    ...(JSON.parse(represent(answer, settings).body) as object),
    status,
    // Where the event of Nest's own filter has its text
    message,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(challenges.length > 0 && { challenges }),
  };
}

/** Nest's proxy adds what the handler subscribes to. */
function patternOf(args: readonly unknown[]): string | undefined {
  const pattern = args.at(-1);
  return typeof pattern === 'string' ? pattern : undefined;
}

function isWsException(thrown: unknown): thrown is WsException {
  return thrown instanceof Error && typeof (thrown as Partial<WsException>).getError === 'function';
}
