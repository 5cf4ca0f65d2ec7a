import { HttpException } from '@nestjs/common';
import { catchError, defer, tap, throwError } from 'rxjs';
import { wrapEventStreams } from '../../nest/event-streams.js';
import type { Handler } from '../../nest/handlers.js';
import { rawResponse } from '../../nest/response.js';
import { represent } from '../representation.js';
import { responderOf } from './http.responder.js';

/**
 * Answers errors of event streams. Before the head of the stream is sent they go to the filters, as
 * anywhere; later ones are an `error` event whose data is the contract's body.
 *
 * @internal
 */
export function answerEventStreams(handlers: readonly Handler[]): void {
  wrapEventStreams(handlers, (events, request, response) =>
    defer(() => {
      // The first event brings the head with it, soon
      let isBegun = false;
      return events.pipe(
        tap(() => {
          isBegun = true;
        }),
        catchError((error: unknown) => {
          const responder = responderOf(response);
          if (!responder || (!isBegun && !rawResponse(response).headersSent)) {
            return throwError(() => error);
          }
          const context = responder.contextOf(request, response);
          const answer = responder.answerWithoutResponse(error, context, request);
          // Nest makes the data of its `error` event from an HttpException's message
          const { body } = represent(answer, responder.settings);
          return throwError(() => new HttpException(body, answer.status));
        }),
      );
    }),
  );
}
