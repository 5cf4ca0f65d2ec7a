import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { rowForStatus } from '../../contract/catalogue/status-rows.js';
import { ApiException } from '../../contract/exceptions/api.exception.js';
import { ServiceUnavailableException } from '../../contract/exceptions/contract.exceptions.js';
import type { HttpResponder } from './http.responder.js';
import { latestResponse } from '../../nest/latest-response.js';
import { writeToSocket } from './raw-answer.js';

/**
 * Answers the requests that Node's server turns away without a response of theirs: CONNECT, which it
 * closes the connection on, and those beyond `maxRequestsPerSocket`, whose 503 it leaves empty. A
 * listener of the application's own is left alone.
 *
 * @internal
 */
export function answerRefusedConnections(server: Server, responder: HttpResponder): void {
  const answered = new WeakSet<object>();
  const answer = (event: string, exception: () => ApiException) => {
    server.on(event, (request: IncomingMessage, socket: Duplex | ServerResponse) => {
      if (server.listenerCount(event) > 1) {
        return;
      }
      if ('setHeader' in socket) {
        // HTTP/2, whose connection outlives the stream
        responder.respond(exception(), request, socket);
      } else if (!answered.has(socket)) {
        answered.add(socket);
        answerInTurn(exception(), request, socket as Socket, responder);
      }
    });
  };
  answer('connect', noTunnel);
  answer('dropRequest', () => new ServiceUnavailableException());
}

/** RFC 9110 §9.3.6 and §15.5.6: no resource here is a tunnel, whatever methods it has. */
function noTunnel(): ApiException {
  return new ApiException(rowForStatus(405), { headers: { allow: '' } });
}

/** After the answer to the request before, and ahead of the empty one that Node lines up behind it. */
function answerInTurn(
  exception: ApiException,
  request: IncomingMessage,
  socket: Socket,
  responder: HttpResponder,
): void {
  const answer = () => {
    const context = { id: randomUUID(), method: request.method ?? '-', route: undefined };
    writeToSocket(socket, responder.answerWithoutResponse(exception, context), responder.settings);
  };
  if (request.method === 'CONNECT') {
    // Node leaves the connection to whoever takes it
    socket.on('error', () => socket.destroy()).resume();
  }
  const last = latestResponse(socket);
  if (last && !last.writableFinished) {
    last.prependOnceListener('finish', answer);
  } else {
    answer();
  }
}
