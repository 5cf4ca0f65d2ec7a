import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, type Type } from '@nestjs/common';
import { isNoError } from '../../nest/nest-exceptions.js';
import type { Observable } from 'rxjs';
import { graphqlError } from '../graphql/graphql.responder.js';
import { respondToMessage } from '../rpc/rpc.responder.js';
import { respondToSocket } from '../websocket/websocket.responder.js';
import type { AnyRequest } from '../../nest/request.js';
import type { AnyResponse } from '../../nest/response.js';
import { HTTP_RESPONDER, HttpResponder } from './http.responder.js';

/** What every copy of this library knows the filter of another one by. */
const BRAND = Symbol.for('nestjs-api-errors:filter');

/**
 * Answers whatever reaches Nest's exception layer as the contract says. The last of all filters to be
 * asked: any other of the application's that catches an error answers it. One that extends this one
 * hands on with `super.catch()` what it looked at.
 *
 * @publicApi
 */
@Catch()
export class ErrorsFilter implements ExceptionFilter {
  constructor(@Inject(HTTP_RESPONDER) private readonly responder: HttpResponder) {}

  /**
   * @returns what a transport of messages fails with; nothing over HTTP and to gateways
   * @throws the error that a field of GraphQL fails with; what was thrown, behind anything else: others
   * answer that themselves.
   */
  catch(thrown: unknown, host: ArgumentsHost): void | Observable<unknown> {
    switch (host.getType<string>()) {
      case 'http':
        break;
      case 'rpc':
        return respondToMessage(thrown, host, this.responder);
      case 'ws':
        return respondToSocket(thrown, host, this.responder);
      case 'graphql':
        throw graphqlError(thrown, host, this.responder);
      default:
        throw thrown;
    }
    if (isNoError(thrown)) {
      this.responder.passOn(thrown, host);
      return;
    }
    this.responder.respond(
      thrown,
      host.getArgByIndex<AnyRequest>(0),
      host.getArgByIndex<AnyResponse>(1),
    );
  }
}

Object.defineProperty(ErrorsFilter.prototype, BRAND, { value: true });

/** Whether a filter is {@link ErrorsFilter}, of whichever copy of this library, or extends it. @internal */
export function isErrorsFilter({ prototype }: Type): boolean {
  return BRAND in (prototype as object);
}
