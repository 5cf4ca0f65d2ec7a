import type { Server } from 'node:http';
import { isError } from '../contract/exceptions/is-error.js';
import type { AnyRequest } from './request.js';
import type { AnyResponse, Reply } from './response.js';

type OnError = (request: AnyRequest, reply: Reply, error: unknown, done: () => void) => void;

/** What is used of a Fastify instance. @internal */
export interface FastifyInstance {
  addHook(name: 'onListen', hook: (this: object, done: () => void) => void): unknown;
  addHook(name: 'onError', hook: OnError): unknown;
}

/** Whether an adapter's instance is Fastify. @internal */
export function isFastify(instance: object): instance is FastifyInstance {
  return 'addHook' in instance;
}

/** Name of the handler of client errors that Fastify installs where it is given none. */
const DEFAULT_CLIENT_ERROR_HANDLER = 'bound defaultClientErrorHandler';

/** Whether a listener for client errors is the one that Fastify brings. @internal */
export function isFastifyDefault(listener: { readonly name: string }): boolean {
  return listener.name === DEFAULT_CLIENT_ERROR_HANDLER;
}

/**
 * Fastify listens on every address of a name such as `localhost`, with a server of its own for each
 * but the first, made as it starts to listen. Where they are not to be found, what they refuse by
 * themselves is answered by Node.
 *
 * @internal
 */
export function onFurtherServers(
  instance: FastifyInstance,
  install: (server: Server) => void,
): void {
  instance.addHook('onListen', (done) => {
    for (const server of (privateOf(instance, 'fastify.serverBindings') as Server[]) ?? []) {
      install(server);
    }
    done();
  });
}

/** An option that an instance was made with; `isKnown` is false where options cannot be looked at. @internal */
export function fastifyOption(
  instance: FastifyInstance,
  name: string,
): { readonly isKnown: boolean; readonly value?: unknown } {
  const options = privateOf(instance, 'fastify.options') as Record<string, unknown> | undefined;
  return options ? { isKnown: true, value: options[name] } : { isKnown: false };
}

/** What Fastify keeps of itself under symbols, by their names: there is no other way to it. */
function privateOf(instance: object, name: string): unknown {
  const key = Object.getOwnPropertySymbols(instance).find(
    ({ description }) => description === name,
  );
  return key && (instance as Record<symbol, unknown>)[key];
}

/**
 * Hears of an error that sending a reply met: Fastify asks its `onError` hooks once a reply, and a
 * second error only passes `send()`.
 *
 * @internal
 */
export function onSendError(
  reply: Reply,
  isSending: (reply: AnyResponse) => boolean,
  onError: (error: Error) => void,
): void {
  const send = reply.send.bind(reply) as (payload: unknown) => unknown;
  Object.assign(reply, {
    send: (payload: unknown) =>
      isError(payload) && isSending(reply) ? onError(payload) : send(payload),
  });
}
