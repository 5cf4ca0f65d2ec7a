import type { IncomingMessage } from 'node:http';
import type { ApplicationConfig } from '@nestjs/core';

/*
 * What is known of the clients of gateways: of socket.io, of ws and of Nest's adapters, none of which
 * is a dependency of this package.
 */

/** How a connection was opened. @internal */
export interface Handshake {
  readonly request: IncomingMessage;
  /** A value for `Authorization` that was sent in a place of the protocol's own. */
  readonly credentials: unknown;
}

/** A socket of socket.io, by what is used of it. */
interface IoSocket {
  readonly handshake: { readonly auth?: { readonly token?: unknown } };
  readonly request: IncomingMessage;
  emit(event: string, data: unknown): unknown;
  packet?: unknown;
}

interface NativeSocket {
  readonly readyState: number;
  send(text: string): void;
}

const OPEN = 1;

/** Requests that opened the connections of ws, which has no place for them on its clients. */
const requests = new WeakMap<object, IncomingMessage>();

/**
 * Notes the requests that connections are opened with, wherever the application's adapter for
 * WebSockets listens. Where its configuration cannot be reached, guards find none and refuse.
 *
 * @internal
 */
export function noteHandshakes(config: ApplicationConfig | undefined): void {
  if (typeof config?.getIoAdapter !== 'function') {
    return;
  }
  const noting = new WeakSet<object>();
  const getIoAdapter = config.getIoAdapter.bind(config);
  config.getIoAdapter = () => {
    const adapter = getIoAdapter();
    if (typeof adapter?.bindClientConnect === 'function' && !noting.has(adapter)) {
      noting.add(adapter);
      const bind = adapter.bindClientConnect.bind(adapter);
      adapter.bindClientConnect = (server, connected) =>
        bind(server, (client: object, request?: IncomingMessage, ...rest: unknown[]) => {
          if (typeof request?.headers === 'object') {
            requests.set(client, request);
          }
          (connected as (...args: unknown[]) => void)(client, request, ...rest);
        }) as unknown;
    }
    return adapter;
  };
}

/** @returns `undefined` where it is not known how the connection was opened. @internal */
export function handshakeOf(client: object): Handshake | undefined {
  if (isIoSocket(client)) {
    const { token } = Object(client.handshake.auth) as { token?: unknown };
    const credentials = typeof token === 'string' ? `Bearer ${token}` : token;
    return { request: client.request, credentials };
  }
  const request = requests.get(client);
  return request && { request, credentials: undefined };
}

/**
 * Tells a client of an error: by the acknowledgement that it asked for, else by an event `exception`,
 * each in the form that its protocol has. Never throws; a client that went away is told nothing.
 *
 * @internal
 */
export function emitException(client: unknown, ack: unknown, error: object): void {
  try {
    if (typeof ack === 'function' && acknowledges(Object(client), ack, error)) {
      return;
    }
    if (isNative(client)) {
      if (client.readyState === OPEN) {
        client.send(JSON.stringify({ event: 'exception', data: error }));
      }
    } else {
      (client as Partial<IoSocket> | undefined)?.emit?.('exception', error);
    }
  } catch {
    // The connection broke meanwhile
  }
}

/**
 * Calls an acknowledgement. That of socket.io does nothing the second time, after an Observable's first
 * value for instance: whether a packet leaves is what tells.
 */
function acknowledges(client: { packet?: unknown }, ack: unknown, error: object): boolean {
  const { packet } = client;
  if (typeof packet !== 'function') {
    (ack as (error: object) => void)(error);
    return true;
  }
  let isSent = false;
  client.packet = (...args: unknown[]): unknown => {
    isSent = true;
    return (packet as (...args: unknown[]) => unknown).apply(client, args);
  };
  try {
    (ack as (error: object) => void)(error);
  } finally {
    // As it was: a method of its class
    delete client.packet;
  }
  return isSent;
}

function isIoSocket(client: object): client is IoSocket {
  const { handshake, request } = client as Partial<IoSocket>;
  return typeof handshake === 'object' && typeof request?.headers === 'object';
}

/** As Nest tells them apart: both are event emitters, too. */
function isNative(client: unknown): client is NativeSocket {
  const { readyState, send } = Object(client) as Partial<NativeSocket>;
  return typeof readyState === 'number' && typeof send === 'function';
}
