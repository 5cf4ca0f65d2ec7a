import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.js';

/** A Fastify reply, by what is used of it. */
interface Reply {
  readonly raw: ServerResponse;
  readonly sent: boolean;
  code(status: number): unknown;
  header(name: string, value: string | string[]): unknown;
  hasHeader(name: string): boolean;
  removeHeader(name: string): unknown;
  serializer(serialize: (payload: string) => string): unknown;
  send(body: string): unknown;
}

/** The response as an adapter hands it to a filter: Fastify's reply, or Node's own. @internal */
export type AnyResponse = Reply | ServerResponse;

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Headers that described the answer which the handler did not live to give (RFC 9110 §8), and a
 * challenge that this answer may not carry.
 */
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

/**
 * Writes an answer to the wire.
 *
 * @returns whether it could be: `false` where an answer was begun before
 * @internal
 */
export function writeAnswer(response: AnyResponse, answer: Answer): boolean {
  const reply = isReply(response) ? response : undefined;
  const raw = reply?.raw ?? (response as ServerResponse);
  if (raw.headersSent || raw.writableEnded) {
    return false;
  }
  if (reply && !reply.sent) {
    writeReply(reply, answer);
  } else {
    writeRaw(raw, answer);
  }
  return true;
}

function isReply(response: AnyResponse): response is Reply {
  return 'raw' in response && typeof response.send === 'function';
}

/** Through Fastify's own `send`, so that `onSend` hooks and its logging see the answer. */
function writeReply(reply: Reply, answer: Answer): void {
  for (const name of STALE_HEADERS) {
    reply.removeHeader(name);
  }
  reply.code(answer.status);
  reply.header('content-type', JSON_TYPE);
  for (const [name, value] of answer.headers) {
    reply.header(name, value);
  }
  if (answer.defaultChallenge !== undefined && !reply.hasHeader('www-authenticate')) {
    reply.header('www-authenticate', answer.defaultChallenge);
  } else if (!mayChallenge(answer)) {
    reply.removeHeader('www-authenticate');
  }
  // A serializer that the handler set was meant for the answer it did not give
  reply.serializer(asIs);
  reply.send(answer.body);
}

function asIs(payload: string): string {
  return payload;
}

function writeRaw(raw: ServerResponse, answer: Answer): void {
  for (const name of STALE_HEADERS) {
    raw.removeHeader(name);
  }
  raw.statusCode = answer.status;
  raw.setHeader('content-type', JSON_TYPE);
  raw.setHeader('content-length', Buffer.byteLength(answer.body));
  for (const [name, value] of answer.headers) {
    raw.setHeader(name, value);
  }
  if (answer.defaultChallenge !== undefined && !raw.hasHeader('www-authenticate')) {
    raw.setHeader('www-authenticate', answer.defaultChallenge);
  } else if (!mayChallenge(answer)) {
    raw.removeHeader('www-authenticate');
  }
  raw.end(answer.body);
}

/** A 401 keeps the challenge of a guard of the application's own; no other answer does. */
function mayChallenge(answer: Answer): boolean {
  return answer.status === 401 || answer.headers.has('www-authenticate');
}
