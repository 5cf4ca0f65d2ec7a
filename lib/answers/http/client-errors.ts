import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { rowForStatus } from '../../contract/catalogue/status-rows.js';
import { ApiException } from '../../contract/exceptions/api.exception.js';
import { BadRequestException } from '../../contract/exceptions/contract.exceptions.js';
import { isFastifyDefault } from '../../nest/fastify.js';
import type { HttpResponder } from './http.responder.js';
import { latestResponse } from '../../nest/latest-response.js';
import { writeToSocket } from './raw-answer.js';

/** Node's codes of client errors with a status of their own (Node's http.Server, 'clientError'). */
const STATUSES: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

/**
 * Answers what Node's parser refuses, in place of Node's and Fastify's own bare answers. A handler
 * of the application's own is left alone.
 *
 * @internal
 */
export function answerClientErrors(server: Server, responder: HttpResponder): void {
  const listeners = server.listeners('clientError') as ((...args: unknown[]) => void)[];
  const fastify = listeners.find(isFastifyDefault);
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
    answerInTurn(toException(error), socket, responder);
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
function answerInTurn(exception: ApiException, socket: Socket, responder: HttpResponder): void {
  const last = latestResponse(socket);
  const answer = () => {
    const context = { id: randomUUID(), method: '-', route: undefined };
    writeToSocket(socket, responder.answerWithoutResponse(exception, context), responder.settings);
  };
  if (!last) {
    answer();
  } else if (last.req.complete) {
    last.once('finish', answer);
  } else if (!last.headersSent) {
    last.shouldKeepAlive = false;
    responder.respond(exception, last.req, last);
  } else if (last.writableFinished) {
    // The request has its answer already, and what is left of it is no other request
    socket.destroySoon();
  } else {
    last.once('finish', () => socket.destroySoon());
  }
}
