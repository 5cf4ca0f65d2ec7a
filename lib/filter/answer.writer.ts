import { type ServerResponse, STATUS_CODES } from 'node:http';
import { isError } from '../mapping/is-error.js';
import type { Answer } from './answer.js';
import { exposeHeaders } from './cors.headers.js';

/** A Fastify reply, by what is used of it. */
interface Reply {
  readonly raw: ServerResponse;
  readonly sent: boolean;
  code(status: number): unknown;
  header(name: string, value: string | string[]): unknown;
  getHeader(name: string): unknown;
  removeHeader(name: string): unknown;
  serializer(serialize: (payload: string) => string): unknown;
  send(payload: unknown): unknown;
}

/** The response as an adapter hands it to a filter: Fastify's reply, or Node's own. @internal */
export type AnyResponse = Reply | ServerResponse;

const JSON_TYPE = 'application/json; charset=utf-8';

/** Headers that described the answer which the handler did not live to give (RFC 9110 §8). */
const STALE_HEADERS = [
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
  'transfer-encoding',
];

// Replies that an error was sent through once: a second error is one of sending itself
const attempted = new WeakSet<ServerResponse>();

/**
 * Writes an answer to the wire.
 *
 * @returns whether it could be: `false` where an answer was begun before
 * @internal
 */
export function writeAnswer(response: AnyResponse, answer: Answer): boolean {
  const raw = rawOf(response);
  if (raw.headersSent || raw.writableEnded) {
    return false;
  }
  if (isReply(response) && !response.sent && !attempted.has(raw)) {
    attempted.add(raw);
    sendReply(response, raw, answer);
  } else {
    writeRaw(raw, answer);
  }
  return true;
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
    raw.destroy();
  }
}

function rawOf(response: AnyResponse): ServerResponse {
  return isReply(response) ? response.raw : response;
}

function isReply(response: AnyResponse): response is Reply {
  return 'raw' in response && typeof response.send === 'function';
}

/**
 * Through Fastify's own `send`, so that `onSend` hooks and its logging see the answer; past it where
 * that fails, over a header that the handler stored and Node refuses for instance.
 */
function sendReply(reply: Reply, raw: ServerResponse, answer: Answer): void {
  try {
    applyHeaders(reply, answer);
    reply.code(answer.status);
    // A serializer that the handler set was meant for the answer it did not give
    reply.serializer(asIs);
    const { send } = reply;
    // Where an `onSend` hook fails, Fastify sends that error in a shape of its own
    reply.send = (payload: unknown) =>
      isError(payload) ? writeAnswer(reply, answer) : send.call(reply, payload);
    send.call(reply, answer.body);
  } catch {
    if (!raw.headersSent) {
      writeRaw(raw, answer);
    }
  }
}

function asIs(payload: string): string {
  return payload;
}

function writeRaw(raw: ServerResponse, answer: Answer): void {
  applyHeaders(
    {
      header: (name, value) => raw.setHeader(name, value),
      getHeader: (name) => raw.getHeader(name),
      removeHeader: (name) => raw.removeHeader(name),
    },
    answer,
  );
  raw.setHeader('content-length', Buffer.byteLength(answer.body));
  raw.statusCode = answer.status;
  if (raw.req.httpVersionMajor === 1) {
    raw.statusMessage = STATUS_CODES[answer.status] ?? '';
  }
  raw.end(answer.body);
}

function applyHeaders(
  response: Pick<Reply, 'header' | 'getHeader' | 'removeHeader'>,
  answer: Answer,
): void {
  for (const name of STALE_HEADERS) {
    response.removeHeader(name);
  }
  response.header('content-type', JSON_TYPE);
  for (const [name, value] of answer.headers) {
    response.header(name, value);
  }
  if (!answer.headers.has('www-authenticate')) {
    settleChallenge(response, answer);
  }
  exposeHeaders(response);
}

/** A 401 keeps the challenge of a guard of the application's own; no other answer has one. */
function settleChallenge(
  response: Pick<Reply, 'header' | 'getHeader' | 'removeHeader'>,
  answer: Answer,
): void {
  if (answer.defaultChallenge === undefined) {
    response.removeHeader('www-authenticate');
  } else if (response.getHeader('www-authenticate') === undefined) {
    response.header('www-authenticate', answer.defaultChallenge);
  }
}
