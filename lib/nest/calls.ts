import type { IncomingMessage } from 'node:http';
import type { ArgumentsHost } from '@nestjs/common';
import { operationContext } from './graphql.js';
import { grpcCallOf, requestOfCall } from './grpc-call.js';
import { latestResponse } from './latest-response.js';
import { type AnyRequest, rawRequest } from './request.js';
import type { AnyResponse, Reply } from './response.js';
import { handshakeOf } from './web-sockets.js';

/** The context of an operation of GraphQL, as far as drivers agree on it. */
interface OperationContext {
  readonly req?: Partial<Subscribed> & object;
  readonly reply?: Reply & { readonly request?: object };
}

/** What graphql-ws has of a connection, which Nest's Apollo driver hands on in place of a request. */
interface Subscribed {
  readonly extra: { readonly request: IncomingMessage };
  readonly connectionParams?: Readonly<Record<string, unknown>> | null;
}

/**
 * What a call came by: a request of HTTP, the metadata of gRPC, or the connection of a WebSocket. What a guard notes there, the
 * parameters of the handler find.
 *
 * @internal
 */
export function carrierOf(host: ArgumentsHost): object | undefined {
  switch (host.getType<string>()) {
    case 'http':
    case 'ws':
      return host.getArgByIndex<object | undefined>(0);
    case 'graphql': {
      const { req, reply } = Object(operationContext(host)) as OperationContext;
      return objectOf(req) ?? objectOf(reply?.request);
    }
    case 'rpc': {
      const call = grpcCallOf(host.getArgs<unknown[]>());
      return call && requestOfCall(call);
    }
    default:
      return undefined;
  }
}

/**
 * The request behind a call, of HTTP or what stands for one of gRPC, also that which opened its connection, with the credentials that the
 * protocol has a place of its own for: `auth.token` of socket.io, `Authorization` among the connection
 * parameters of graphql-ws.
 *
 * @returns `undefined` where there is none to be found
 * @internal
 */
export function requestBehind(host: ArgumentsHost): AnyRequest | undefined {
  if (host.getType() === 'http') {
    return host.getArgByIndex<AnyRequest>(0);
  }
  const carrier = carrierOf(host);
  if (carrier === undefined) {
    return undefined;
  }
  if (host.getType<string>() === 'ws') {
    const handshake = handshakeOf(carrier);
    return handshake && withCredentials(handshake.request, handshake.credentials);
  }
  const { extra, connectionParams } = carrier as Partial<Subscribed>;
  if (isRequest(extra?.request)) {
    const { Authorization, authorization = Authorization } = Object(connectionParams) as Record<
      string,
      unknown
    >;
    return withCredentials(extra.request, authorization);
  }
  return isRequest(carrier) ? carrier : undefined;
}

/** The response to the HTTP request that a call is part of; none for what came by a WebSocket. @internal */
export function responseBehind(host: ArgumentsHost): AnyResponse | undefined {
  if (host.getType<string>() === 'http') {
    return host.getArgByIndex<AnyResponse>(1);
  }
  const carrier = carrierOf(host);
  if (host.getType<string>() !== 'graphql' || !isRequest(carrier)) {
    return undefined;
  }
  const raw = rawRequest(carrier);
  const { res } = raw as { readonly res?: AnyResponse };
  // Fastify's request knows no reply, and the context of Apollo has nothing else
  const latest = res ?? latestResponse(Object(raw.socket) as object);
  return latest && 'req' in latest && latest.req === raw ? latest : undefined;
}

function objectOf(value: object | undefined): object | undefined {
  return typeof value === 'object' && value !== null ? value : undefined;
}

function isRequest(value: unknown): value is AnyRequest & IncomingMessage {
  return typeof (value as Partial<AnyRequest> | null | undefined)?.headers === 'object';
}

/**
 * RFC 6750 §2 has one way of sending a token at a time: two of them, or one that is no text, are
 * malformed.
 */
function withCredentials(request: IncomingMessage, credentials: unknown): AnyRequest {
  if (credentials === undefined || credentials === null) {
    return request;
  }
  const isOnly = request.headers.authorization === undefined && typeof credentials === 'string';
  const headers = { ...request.headers, authorization: isOnly ? credentials : 'Bearer' };
  const { method = 'GET', url = '' } = request;
  return { raw: request, method, url, headers };
}
