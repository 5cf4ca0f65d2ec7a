import type { ServerResponse } from 'node:http';

/** A Fastify reply, by what is used of it. @internal */
export interface Reply {
  readonly raw: ServerResponse;
  readonly sent: boolean;
  code(status: number): unknown;
  header(name: string, value: string | readonly string[]): unknown;
  getHeaders(): Record<string, unknown>;
  getHeader(name: string): unknown;
  removeHeader(name: string): unknown;
  serializer(serialize: (payload: string) => string): unknown;
  send(body: string): unknown;
}

/** The response as an adapter hands it over: Fastify's reply, or Node's own. @internal */
export type AnyResponse = Reply | ServerResponse;

/** @internal */
export function isReply(response: AnyResponse): response is Reply {
  return 'raw' in response && typeof response.send === 'function';
}

/** @internal */
export function rawResponse(response: AnyResponse): ServerResponse {
  return isReply(response) ? response.raw : response;
}

/**
 * The application of the framework that a response belongs to, which is what the adapter wraps:
 * Fastify's reply names its server, Express' response its app.
 *
 * @internal
 */
export function frameworkOf(response: AnyResponse): object | undefined {
  const { server, app } = response as { readonly server?: object; readonly app?: object };
  return isReply(response) ? server : app;
}

/** Sets a header of the answer to come. @internal */
export function setHeader(
  response: AnyResponse,
  name: string,
  value: string | readonly string[],
): void {
  if (isReply(response)) {
    response.header(name, value);
  } else {
    response.setHeader(name, value);
  }
}
