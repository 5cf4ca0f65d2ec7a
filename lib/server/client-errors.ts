import { randomUUID } from 'node:crypto';
import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Socket } from 'node:net';
import { BadRequestException } from '../exceptions/contract.exceptions.js';
import { ApiException } from '../exceptions/api.exception.js';
import { rowForStatus } from '../catalogue/status-rows.js';
import type { ErrorResponder } from '../filter/error.responder.js';
import { writeToSocket } from './raw-answer.js';

/** Node's codes of client errors with a status of their own (Node's http.Server, 'clientError'). */
const STATUSES: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

/** Name of the handler that Fastify installs where it is given none. */
const FASTIFY_DEFAULT = 'bound defaultClientErrorHandler';

/** The response to the latest request of a connection, kept on the connection. @internal */
export const LATEST = Symbol('nestjs-api-errors:latest-response');

/** @internal */
export type Connection = object & { [LATEST]?: ServerResponse };

/**
 * Answers what Node's parser refuses, in place of Node's and Fastify's own bare answers. A handler
 * of the application's own is left alone.
 *
 * @internal
 */
export function answerClientErrors(server: Server, responder: ErrorResponder): void {
  const listeners = server.listeners('clientError') as ((...args: unknown[]) => void)[];
  const fastify = listeners.find(({ name }) => name === FASTIFY_DEFAULT);
  if (fastify) {
    server.off('clientError', fastify);
  }
  if (listeners.length > (fastify ? 1 : 0)) {
    return;
  }
  const answered = new WeakSet<object>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (answered.has(socket)) {
      // More of what was refused, read while the answer is on its way
      return;
    }
    answered.add(socket);
    if (error.code === 'ECONNRESET' || !socket.writable || !(socket instanceof Socket)) {
      socket.destroy();
      return;
    }
    answerInTurn(toException(error), socket, (socket as Connection)[LATEST], responder);
  });
}

function toException(error: NodeJS.ErrnoException): ApiException {
  const status = STATUSES[error.code ?? ''];
  return status === undefined
    ? new BadRequestException({ cause: error })
    : new ApiException(rowForStatus(status), { cause: error });
}

/**
 * An error in the body of a request is the answer to that request; one in what follows it is
 * answered when the request before is (RFC 9112 §9.3.2: in the order in which they were received).
 */
function answerInTurn(
  exception: ApiException,
  socket: Socket,
  last: ServerResponse | undefined,
  responder: ErrorResponder,
): void {
  const answer = () => {
    const context = { id: randomUUID(), method: '-', route: undefined };
    writeToSocket(socket, responder.answerWithoutResponse(exception, context));
  };
  const isUnread = last !== undefined && !last.req.complete;
  if (isUnread && last.headersSent) {
    // The request has its answer already, and what is left of it is no other request
    whenFinished(last, () => socket.destroySoon());
  } else if (!last || last.writableFinished) {
    answer();
  } else if (last.req.complete) {
    last.once('finish', answer);
  } else {
    last.shouldKeepAlive = false;
    responder.respond(exception, last.req, last);
  }
}

function whenFinished(response: ServerResponse, act: () => void): void {
  if (response.writableFinished) {
    act();
  } else {
    response.once('finish', act);
  }
}
