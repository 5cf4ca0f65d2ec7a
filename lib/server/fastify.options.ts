import type { ErrorResponder } from '../filter/error.responder.js';
import type { AnyResponse } from '../filter/answer.writer.js';
import type { AnyRequest } from '../filter/request-context.js';

/** Fastify's `frameworkErrors`: what its router refuses before any hook runs. */
type FrameworkErrors = (error: Error, request: AnyRequest, reply: AnyResponse) => void;

// By Fastify instance, which is all that an error of its router knows of the application
const responders = new WeakMap<object, ErrorResponder>();

const frameworkErrors: FrameworkErrors = (error, request, reply) => {
  const responder = responders.get((reply as unknown as { server: object }).server);
  if (!responder) {
    throw error;
  }
  responder.respond(error, request, reply);
};

/**
 * Options of Fastify's constructor that no module can set: the answers to what Fastify's router
 * refuses before any hook runs, such as a path parameter over `maxParamLength`.
 *
 * @example `new FastifyAdapter({ ...fastifyErrorOptions(), bodyLimit: 1_000_000 })`
 * @publicApi
 */
export function fastifyErrorOptions(): { frameworkErrors: FrameworkErrors } {
  return { frameworkErrors };
}

/** Connects {@link fastifyErrorOptions} with the application of a Fastify instance. @internal */
export function answerFrameworkErrors(instance: object, responder: ErrorResponder): void {
  responders.set(instance, responder);
}

/** Whether a Fastify instance was made with {@link fastifyErrorOptions}. @internal */
export function hasErrorOptions(instance: object): boolean {
  const key = Object.getOwnPropertySymbols(instance).find(
    ({ description }) => description === 'fastify.options',
  );
  const options = key && (instance as Record<symbol, { frameworkErrors?: unknown }>)[key];
  // What cannot be looked at is not warned of
  return options === undefined || options.frameworkErrors === frameworkErrors;
}
