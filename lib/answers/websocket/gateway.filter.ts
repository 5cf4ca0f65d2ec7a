import { type ArgumentsHost, Catch, type ExceptionFilter, type Type } from '@nestjs/common';
import { gatewayHandler } from '../../nest/gateways.js';
import type { HttpResponder } from '../http/http.responder.js';
import { respondToSocket } from './websocket.responder.js';

/** Answers what the handlers of one gateway throw. @internal */
@Catch()
export class GatewayFilter implements ExceptionFilter {
  constructor(
    private readonly gateway: Type,
    private readonly responder: HttpResponder,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const handled = gatewayHandler(this.gateway, host.getArgs<unknown[]>().at(-1));
    respondToSocket(thrown, host, this.responder, handled);
  }
}
