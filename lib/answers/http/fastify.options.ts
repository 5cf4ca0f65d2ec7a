import { type FastifyInstance, fastifyOption, onSendError } from '../../nest/fastify.js';
import type { AnyRequest } from '../../nest/request.js';
import type { AnyResponse } from '../../nest/response.js';
import { wasAttempted } from './answer.writer.js';
import { type HttpResponder, responderOf } from './http.responder.js';

/** Fastify's `frameworkErrors`: what its router refuses before any hook runs. */
type FrameworkErrors = (error: Error, request: unknown, reply: unknown) => void;

/** What every copy of this library knows the function of another one by. */
const BRAND = Symbol.for('nestjs-api-errors:framework-errors');

const frameworkErrors: FrameworkErrors = (error, request, reply) => {
  const responder = responderOf(reply as AnyResponse);
  if (!responder) {
    throw error;
  }
  responder.respond(error, request as AnyRequest, reply as AnyResponse);
};
Object.defineProperty(frameworkErrors, BRAND, { value: true });

/**
 * Options of Fastify's constructor that no module can set: the answers to what Fastify's router
 * refuses before any hook runs, such as a path parameter over `maxParamLength`. What arrives on open
 * connections while the server closes is served, as Express does, in place of Fastify's own 503.
 *
 * @example `new FastifyAdapter({ ...fastifyErrorOptions(), bodyLimit: 1_000_000 })`
 * @publicApi
 */
export function fastifyErrorOptions(): {
  frameworkErrors: FrameworkErrors;
  return503OnClosing: false;
} {
  return { frameworkErrors, return503OnClosing: false };
}

/**
 * Whether a Fastify instance was made with {@link fastifyErrorOptions}; what cannot be looked at is
 * taken for so.
 *
 * @internal
 */
export function hasErrorOptions(instance: FastifyInstance): boolean {
  const { isKnown, value } = fastifyOption(instance, 'frameworkErrors');
  return !isKnown || (typeof value === 'function' && BRAND in value);
}

/**
 * Connects a Fastify instance with the application: {@link fastifyErrorOptions}, and the answer to
 * an error that sending an answer met, over an `onSend` hook that always throws for instance, which
 * Fastify would send in a shape of its own.
 *
 * @internal
 */
export function answerFastifyErrors(instance: FastifyInstance, responder: HttpResponder): void {
  instance.addHook('onError', (request, reply, error, done) => {
    if (wasAttempted(reply)) {
      responder.respond(error, request, reply);
    } else {
      onSendError(reply, wasAttempted, (sendError) => responder.respond(sendError, request, reply));
    }
    done();
  });
}
