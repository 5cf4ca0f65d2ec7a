import type { Server } from 'node:http';
import { Logger } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';

import { type FastifyInstance, isFastify, onFurtherServers } from '../../nest/fastify.js';
import { answerFastifyErrors, hasErrorOptions } from './fastify.options.js';
import { attachResponder, type HttpResponder } from './http.responder.js';
import { HttpServerGate } from './http-server.gate.js';
import { answerStreamErrors } from './streamed-files.js';

/**
 * Closes the ways around the filter: what the server, the adapter and the connection refuse by
 * themselves.
 *
 * @internal
 */
export class ErrorsServer {
  readonly #gate: HttpServerGate;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly responder: HttpResponder,
  ) {
    this.#gate = new HttpServerGate(responder);
  }

  /** Applications without HTTP have nothing to close. */
  install(): void {
    const adapter = this.host.httpAdapter;
    if (!adapter) {
      return;
    }
    this.#gate.install(adapter.getHttpServer() as Server);
    answerStreamErrors(adapter, this.responder);
    const instance = adapter.getInstance<object>();
    attachResponder(instance, this.responder);
    if (isFastify(instance)) {
      this.#installOnFastify(instance);
    }
  }

  #installOnFastify(instance: FastifyInstance): void {
    answerFastifyErrors(instance, this.responder);
    onFurtherServers(instance, (server) => this.#gate.install(server));
    if (!hasErrorOptions(instance)) {
      new Logger('ErrorsModule').warn(
        'FastifyAdapter was made without fastifyErrorOptions(), so that what its router refuses ' +
          'does not follow the contract; use new FastifyAdapter(fastifyErrorOptions()).',
      );
    }
  }
}
