import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  type NestInterceptor,
} from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { catchError, EMPTY, finalize, type Observable, tap, throwError } from 'rxjs';
import type { AnyResponse } from '../filter/answer.writer.js';
import type { ErrorResponder } from '../filter/error.responder.js';
import { type AnyRequest, LazyRequestContext } from '../filter/request-context.js';
import { controllersOf } from '../routes/controllers.js';
import { HeldResponse } from './held-response.js';

/** Where `@Sse()` marks a handler. */
const SSE = '__sse__';

/** How long the head of an event stream may wait for its first event, or its first error. */
const HOLD_MS = 500;

/**
 * Answers errors of event streams. Before the first event they are answered with their status, as
 * anywhere: Nest sends the head of the stream at once, which is held back here for a moment. Later
 * ones are an `error` event whose data is the contract's body.
 *
 * @internal
 */
export class SseErrorsInterceptor implements NestInterceptor {
  constructor(private readonly responder: ErrorResponder) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http' || !Reflect.hasMetadata(SSE, context.getHandler())) {
      return next.handle();
    }
    const request = context.getArgByIndex<AnyRequest>(0);
    const response = context.getArgByIndex<AnyResponse>(1);
    const held = new HeldResponse('raw' in response ? response.raw : response);
    const timer = setTimeout(() => held.release(), HOLD_MS).unref();
    return next.handle().pipe(
      tap(() => held.release()),
      catchError((error: unknown) => {
        if (held.isHolding) {
          held.discard();
          this.responder.respond(error, request, response);
          return EMPTY;
        }
        const { headersSent } = 'raw' in response ? response.raw : response;
        held.discard();
        return throwError(() => (headersSent ? this.#event(error, request) : error));
      }),
      finalize(() => clearTimeout(timer)),
    );
  }

  /** Nest makes the data of its `error` event from an HttpException's message. */
  #event(error: unknown, request: AnyRequest): HttpException {
    const answer = this.responder.answerWithoutResponse(error, new LazyRequestContext(request));
    return new HttpException(answer.body, answer.status);
  }
}

/** Whether any route streams events; no other application needs the interceptor. @internal */
export function hasSseRoutes(modules: ModulesContainer): boolean {
  return controllersOf(modules).some(({ handlers }) =>
    handlers.some((handler) => Reflect.hasMetadata(SSE, handler)),
  );
}
