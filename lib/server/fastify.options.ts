import type { Server } from 'node:http';
import type { ErrorResponder } from '../filter/error.responder.js';
import { type AnyResponse, wasAttempted } from '../filter/answer.writer.js';
import { isError } from '../mapping/is-error.js';
import type { AnyRequest } from '../filter/request-context.js';

/** Fastify's `frameworkErrors`: what its router refuses before any hook runs. */
type FrameworkErrors = (error: Error, request: unknown, reply: unknown) => void;

// By Fastify instance, which is all that an error of its router knows of the application
const responders = new WeakMap<object, ErrorResponder>();

const frameworkErrors: FrameworkErrors = (error, request, reply) => {
  const responder = responders.get((reply as { server: object }).server);
  if (!responder) {
    throw error;
  }
  responder.respond(error, request as AnyRequest, reply as AnyResponse);
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

type OnError = (request: AnyRequest, reply: AnyResponse, error: unknown, done: () => void) => void;

/** What is used of a Fastify instance. */
interface Fastify {
  addHook(name: 'onListen', hook: (this: object, done: () => void) => void): unknown;
  addHook(name: 'onError', hook: OnError): unknown;
}

/**
 * Connects a Fastify instance with the application: {@link fastifyErrorOptions}, and the answer to
 * an error that sending an answer met, over an `onSend` hook that always throws for instance, which
 * Fastify would send in a shape of its own.
 *
 * @internal
 */
export function answerFastifyErrors(instance: object, responder: ErrorResponder): void {
  responders.set(instance, responder);
  (instance as Fastify).addHook('onError', (request, reply, error, done) => {
    if (wasAttempted(reply)) {
      responder.respond(error, request, reply);
    } else {
      watchSend(reply as SendingReply, (sendError) => responder.respond(sendError, request, reply));
    }
    done();
  });
}

type SendingReply = AnyResponse & { send: (payload: unknown) => unknown };

/** Fastify asks its `onError` hooks once a reply: a second error, of sending, only passes `send()`. */
function watchSend(reply: SendingReply, onError: (error: Error) => void): void {
  const send = reply.send.bind(reply);
  reply.send = (payload) =>
    isError(payload) && wasAttempted(reply) ? onError(payload) : send(payload);
}

/** @internal */
export function isFastify(instance: object): boolean {
  return 'addHook' in instance;
}

/**
 * Fastify listens on every address of a name such as `localhost`, with a server of its own for each
 * but the first, made as it starts to listen.
 *
 * @internal
 */
export function onFurtherServers(instance: object, install: (server: Server) => void): void {
  (instance as Fastify).addHook('onListen', (done) => {
    for (const server of (privateOf(instance, 'fastify.serverBindings') as Server[]) ?? []) {
      install(server);
    }
    done();
  });
}

/** Whether a Fastify instance was made with {@link fastifyErrorOptions}. @internal */
export function hasErrorOptions(instance: object): boolean {
  const options = privateOf(instance, 'fastify.options') as
    { frameworkErrors?: unknown } | undefined;
  // What cannot be looked at is not warned of
  return options === undefined || options.frameworkErrors === frameworkErrors;
}

/** What Fastify keeps of itself under symbols, by their names: there is no other way to it. */
function privateOf(instance: object, name: string): unknown {
  const key = Object.getOwnPropertySymbols(instance).find(
    ({ description }) => description === name,
  );
  return key && (instance as Record<symbol, unknown>)[key];
}
