import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { ApiException } from '../../contract/exceptions/api.exception.js';
import {
  BadRequestException,
  NotFoundException,
} from '../../contract/exceptions/contract.exceptions.js';
import { rowForStatus } from '../../contract/catalogue/status-rows.js';
import { answerClientErrors } from './client-errors.js';
import { hasValidHost } from './host.header.js';
import type { HttpResponder } from './http.responder.js';
import { keepLatest } from '../../nest/latest-response.js';
import { answerRefusedConnections } from './refused-connections.js';

type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

/** The events by which Node's server hands on a request, with its response. */
const OF_REQUESTS: ReadonlySet<unknown> = new Set(['request', 'checkContinue', 'checkExpectation']);

/**
 * Stands between Node's server and the adapter, for what no adapter passes on to a filter.
 *
 * @internal
 */
export class HttpServerGate {
  constructor(private readonly responder: HttpResponder) {}

  install(server: Server): void {
    // Node answers a request without Host by itself, and bare; the gate does it in its place
    const requiresHost = (server as { requireHostHeader?: boolean }).requireHostHeader === true;
    Object.assign(server, { requireHostHeader: false });
    // In front of the listeners, and none itself: those of the application stay what they are
    const emit = server.emit.bind(server) as Emit;
    const gate: Emit = (event, ...args) => {
      if (!OF_REQUESTS.has(event)) {
        return emit(event, ...args);
      }
      const [request, response] = args as [IncomingMessage, ServerResponse];
      keepLatest(response);
      if (hasValidHost(request, requiresHost)) {
        this.#pass(emit, event, request, response);
      } else {
        this.#refuse(new BadRequestException(), request, response);
      }
      return true;
    };
    server.emit = gate;
    server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
      if (server.listenerCount('checkExpectation') === 1) {
        this.#refuse(new ApiException(rowForStatus(417)), request, response);
      }
    });
    answerClientErrors(server, this.responder);
    answerRefusedConnections(server, this.responder);
  }

  #pass(
    emit: Emit,
    event: string | symbol,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    try {
      // What an Express application calls with what it leaves unanswered, in place of its own page
      emit(event, request, response, (error?: unknown) => {
        this.responder.respond(error ?? new NotFoundException(), request, response);
      });
    } catch (error) {
      // Fastify before 5.4 lets a router's error through, which would end the process
      this.responder.respond(error, request, response);
    }
  }

  #refuse(exception: ApiException, request: IncomingMessage, response: ServerResponse): void {
    // What is left of the request is not read, so nothing can follow it on this connection
    if (request.httpVersionMajor === 1) {
      response.setHeader('connection', 'close');
    }
    this.responder.respond(exception, request, response);
  }
}
