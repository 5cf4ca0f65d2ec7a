import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { AnyResponse } from './answer.writer.js';
import { ErrorResponder } from './error.responder.js';
import type { AnyRequest } from './request-context.js';

/**
 * Answers whatever reaches Nest's exception layer as the contract says.
 *
 * @publicApi
 */
@Catch()
export class ErrorsFilter implements ExceptionFilter {
  constructor(@Inject(ErrorResponder) private readonly responder: ErrorResponder) {}

  /** @throws what was thrown, where it was not thrown over HTTP: other transports answer their own. */
  catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') {
      throw thrown;
    }
    this.responder.respond(
      thrown,
      host.getArgByIndex<AnyRequest>(0),
      host.getArgByIndex<AnyResponse>(1),
    );
  }
}
