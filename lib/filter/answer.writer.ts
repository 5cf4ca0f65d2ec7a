import { type ServerResponse, STATUS_CODES } from 'node:http';
import { constants, type Http2ServerResponse } from 'node:http2';
import type { Answer } from './answer.js';
import { exposeHeaders } from './cors.headers.js';

/** A Fastify reply, by what is used of it. */
interface Reply {
  readonly raw: ServerResponse;
  readonly sent: boolean;
  code(status: number): unknown;
  header(name: string, value: string | string[]): unknown;
  getHeaders(): Record<string, unknown>;
  getHeader(name: string): unknown;
  removeHeader(name: string): unknown;
  serializer(serialize: (payload: string) => string): unknown;
  send(body: string): unknown;
}

/** The response as an adapter hands it to a filter: Fastify's reply, or Node's own. @internal */
export type AnyResponse = Reply | ServerResponse;

const JSON_TYPE = 'application/json; charset=utf-8';

/** Headers that described the answer which the handler did not live to give (RFC 9110 §8). */
const STALE = new Set([
  'accept-ranges',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-range',
  'etag',
  'expires',
  'last-modified',
  'trailer',
  'transfer-encoding',
]);

/** Marks a response that an error was sent through once: a second one is of sending itself. */
const ATTEMPTED = Symbol('nestjs-api-errors:attempted');

type RawResponse = ServerResponse & { [ATTEMPTED]?: true };

/**
 * Writes an answer to the wire.
 *
 * @param defaultChallenge - of a 401 that has no challenge, neither the answer's nor one of a guard
 * of the application's own
 * @returns whether it could be: `false` where an answer was begun before
 * @internal
 */
export function writeAnswer(
  response: AnyResponse,
  answer: Answer,
  defaultChallenge: string | string[],
): boolean {
  const raw = rawOf(response);
  if (raw.headersSent || raw.writableEnded) {
    return false;
  }
  if (isReply(response) && !response.sent && !raw[ATTEMPTED]) {
    raw[ATTEMPTED] = true;
    sendReply(response, answer, defaultChallenge);
  } else {
    tryWriteRaw(raw, answer, defaultChallenge);
  }
  return true;
}

/** Whether an answer was handed to the framework before, so that a further error is of sending. @internal */
export function wasAttempted(response: AnyResponse): boolean {
  return rawOf(response)[ATTEMPTED] === true;
}

/**
 * Closes the connection under an answer that broke off: nothing else tells the client that what it
 * has is not all (RFC 9112 §8). One that was completed stays as it is.
 *
 * @internal
 */
export function cutAnswer(response: AnyResponse): void {
  const raw = rawOf(response);
  if (!raw.writableEnded) {
    cut(raw);
  }
}

function cut(raw: RawResponse): void {
  // RFC 9113 §8.1: a stream that ends without an error code is a whole answer
  (raw as { stream?: Http2ServerResponse['stream'] }).stream?.close(
    constants.NGHTTP2_INTERNAL_ERROR,
  );
  raw.destroy();
}

function rawOf(response: AnyResponse): RawResponse {
  return isReply(response) ? response.raw : response;
}

function isReply(response: AnyResponse): response is Reply {
  return 'raw' in response && typeof response.send === 'function';
}

/**
 * Through Fastify's own `send`, so that `onSend` hooks and its logging see the answer; past it where
 * that fails, over a header that the handler stored and Node refuses for instance.
 */
function sendReply(reply: Reply, answer: Answer, defaultChallenge: string | string[]): void {
  try {
    const headers = reply.getHeaders();
    for (const name in headers) {
      if (isStale(name, headers[name], answer)) {
        reply.removeHeader(name);
      }
    }
    reply.header('content-type', JSON_TYPE);
    for (const [name, value] of answer.headers) {
      reply.header(name, value);
    }
    if (answer.status === 401 && reply.getHeader('www-authenticate') === undefined) {
      reply.header('www-authenticate', defaultChallenge);
    }
    exposeHeaders(reply);
    reply.code(answer.status);
    resetReason(reply.raw, answer.status);
    // A serializer that the handler set was meant for the answer it did not give
    reply.serializer(asIs);
    reply.send(answer.body);
  } catch {
    if (!writeAnswer(reply, answer, defaultChallenge)) {
      cutAnswer(reply);
    }
  }
}

function asIs(payload: string): string {
  return payload;
}

/** Where even Node refuses, over a method that middleware replaced for instance, nothing is left. */
function tryWriteRaw(raw: RawResponse, answer: Answer, defaultChallenge: string | string[]): void {
  try {
    writeRaw(raw, answer, defaultChallenge);
  } catch {
    cut(raw);
  }
}

function writeRaw(raw: RawResponse, answer: Answer, defaultChallenge: string | string[]): void {
  for (const name of raw.getHeaderNames()) {
    if (isStale(name, raw.getHeader(name), answer)) {
      raw.removeHeader(name);
    }
  }
  raw.setHeader('content-type', JSON_TYPE);
  raw.setHeader('content-length', Buffer.byteLength(answer.body));
  for (const [name, value] of answer.headers) {
    raw.setHeader(name, value);
  }
  if (answer.status === 401 && !raw.hasHeader('www-authenticate')) {
    raw.setHeader('www-authenticate', defaultChallenge);
  }
  exposeHeaders(raw);
  raw.statusCode = answer.status;
  resetReason(raw, answer.status);
  raw.end(answer.body);
}

/**
 * A 401 keeps the challenge of a guard of the application's own, no other answer does; and how long
 * the answer that was not given may be kept says nothing of this one.
 */
function isStale(name: string, value: unknown, { status }: Answer): boolean {
  return (
    STALE.has(name) ||
    (name === 'www-authenticate' && status !== 401) ||
    (name === 'cache-control' && !String(value).includes('no-store'))
  );
}

/** HTTP/2 has no reason phrases (RFC 9113 §8.3.2). */
function resetReason(raw: RawResponse, status: number): void {
  if (raw.req.httpVersionMajor === 1) {
    raw.statusMessage = STATUS_CODES[status] ?? '';
  }
}
