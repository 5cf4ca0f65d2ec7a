import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { ApiException } from '../exceptions/api.exception.js';
import {
  BadRequestException,
  NotFoundException,
  ServiceUnavailableException,
} from '../exceptions/contract.exceptions.js';
import { rowForStatus } from '../catalogue/status-rows.js';
import type { ErrorResponder } from '../filter/error.responder.js';
import { answerClientErrors, type Connection, LATEST } from './client-errors.js';

type RequestListener = (
  request: IncomingMessage,
  response: ServerResponse,
  /** What an Express application calls with what it leaves unanswered, in place of its own page. */
  next: (error?: unknown) => void,
) => void;

/**
 * Stands between Node's server and the adapter, for what no adapter passes on to a filter.
 *
 * @internal
 */
export class HttpServerGate {
  #closing = false;

  constructor(private readonly responder: ErrorResponder) {}

  install(server: Server): void {
    const listeners = server.listeners('request') as RequestListener[];
    // Node answers a request without Host by itself, and bare; the gate does it in its place
    const requiresHost = (server as { requireHostHeader?: boolean }).requireHostHeader === true;
    Object.assign(server, { requireHostHeader: false });
    server.removeAllListeners('request');
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      (request.socket as Connection)[LATEST] = response;
      const refusal = this.#refusal(request, requiresHost);
      if (refusal) {
        refuse(refusal, request, response, this.responder);
        return;
      }
      for (const listener of listeners) {
        listener.call(server, request, response, (error) => {
          this.responder.respond(error ?? new NotFoundException(), request, response);
        });
      }
    });
    server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
      (request.socket as Connection)[LATEST] = response;
      refuse(new ApiException(rowForStatus(417)), request, response, this.responder);
    });
    answerClientErrors(server, this.responder);
  }

  /** Turns away what arrives from now on: the application's providers are being destroyed. */
  close(): void {
    this.#closing = true;
  }

  #refusal(request: IncomingMessage, requiresHost: boolean): ApiException | undefined {
    if (this.#closing) {
      return new ServiceUnavailableException();
    }
    // RFC 9112 §3.2: a request of HTTP/1.1 without Host MUST be answered with 400
    const lacksHost = requiresHost && request.httpVersion === '1.1' && !('host' in request.headers);
    return lacksHost || !isDecodable(request.url ?? '') ? new BadRequestException() : undefined;
  }
}

function refuse(
  exception: ApiException,
  request: IncomingMessage,
  response: ServerResponse,
  responder: ErrorResponder,
): void {
  // What is left of the request is not read, so nothing can follow it on this connection
  if (request.httpVersionMajor === 1) {
    response.setHeader('connection', 'close');
  }
  responder.respond(exception, request, response);
}

/** Routers decode the path; one that cannot be decoded names no resource (RFC 3986 §2.1). */
function isDecodable(url: string): boolean {
  if (!url.includes('%')) {
    return true;
  }
  const end = url.indexOf('?');
  try {
    decodeURIComponent(end === -1 ? url : url.slice(0, end));
    return true;
  } catch {
    return false;
  }
}
