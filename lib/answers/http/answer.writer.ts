import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { type AnyResponse, isReply, rawResponse, type Reply } from '../../nest/response.js';
import type { Answer } from '../answer.js';
import type { AnswerSettings } from '../answer.settings.js';
import { represent } from '../representation.js';
import { type HeaderTarget, writeHeaders } from './http.headers.js';

/** RFC 9113 §7. Node's module for HTTP/2, which has it too, costs as much to import as a quarter of this package. */
const HTTP2_INTERNAL_ERROR = 0x2;

/** Marks a response that an error was sent through once: a second one is of sending itself. */
const ATTEMPTED = Symbol.for('nestjs-api-errors:attempted');

type RawResponse = ServerResponse & { [ATTEMPTED]?: true };

/**
 * Writes an answer to the wire.
 *
 * @returns whether it could be: `false` where an answer was begun before
 * @internal
 */
export function writeAnswer(
  response: AnyResponse,
  answer: Answer,
  settings: AnswerSettings,
): boolean {
  const raw: RawResponse = rawResponse(response);
  if (raw.headersSent || raw.writableEnded) {
    return false;
  }
  if (isReply(response) && !response.sent && !raw[ATTEMPTED]) {
    raw[ATTEMPTED] = true;
    sendReply(response, answer, settings);
  } else {
    writeRaw(raw, answer, settings);
  }
  return true;
}

/** Whether an answer was handed to the framework before, so that a further error is of sending. @internal */
export function wasAttempted(response: AnyResponse): boolean {
  return (rawResponse(response) as RawResponse)[ATTEMPTED] === true;
}

/**
 * Closes the connection under an answer that broke off: nothing else tells the client that what it
 * has is not all (RFC 9112 §8). One that was completed stays as it is.
 *
 * @internal
 */
export function cutAnswer(response: AnyResponse): void {
  const raw = rawResponse(response);
  if (!raw.writableEnded) {
    cut(raw);
  }
}

function cut(raw: ServerResponse): void {
  // RFC 9113 §8.1: a stream that ends without an error code is a whole answer
  (raw as { stream?: Http2ServerResponse['stream'] }).stream?.close(HTTP2_INTERNAL_ERROR);
  raw.destroy();
}

/**
 * Through Fastify's own `send`, so that `onSend` hooks and its logging see the answer; past it where
 * that fails, over a header that the handler stored and Node refuses for instance.
 */
function sendReply(reply: Reply, answer: Answer, settings: AnswerSettings): void {
  try {
    const { contentType, body } = represent(answer, settings, reply.raw.req.headers.accept);
    writeHeaders(new ReplyTarget(reply), answer, contentType, settings);
    reply.code(answer.status);
    resetReason(reply.raw, answer.status);
    // A serializer that the handler set was meant for the answer it did not give
    reply.serializer(asIs);
    reply.send(body);
  } catch {
    if (!writeAnswer(reply, answer, settings)) {
      cutAnswer(reply);
    }
  }
}

function asIs(payload: string): string {
  return payload;
}

/** Where even Node refuses, over a method that middleware replaced for instance, nothing is left. */
function writeRaw(raw: ServerResponse, answer: Answer, settings: AnswerSettings): void {
  try {
    const { contentType, body } = represent(answer, settings, raw.req.headers.accept);
    writeHeaders(new RawTarget(raw), answer, contentType, settings);
    raw.setHeader('content-length', Buffer.byteLength(body));
    raw.statusCode = answer.status;
    resetReason(raw, answer.status);
    raw.end(body);
  } catch {
    cut(raw);
  }
}

class ReplyTarget implements HeaderTarget {
  constructor(private readonly reply: Reply) {}

  names(): string[] {
    return Object.keys(this.reply.getHeaders());
  }

  get(name: string): unknown {
    return this.reply.getHeader(name);
  }

  set(name: string, value: string | string[]): void {
    this.reply.header(name, value);
  }

  remove(name: string): void {
    this.reply.removeHeader(name);
    // What Fastify has handed on already, over a stream that failed
    this.reply.raw.removeHeader(name);
  }
}

class RawTarget implements HeaderTarget {
  constructor(private readonly raw: ServerResponse) {}

  names(): string[] {
    return this.raw.getHeaderNames();
  }

  get(name: string): unknown {
    return this.raw.getHeader(name);
  }

  set(name: string, value: string | string[]): void {
    this.raw.setHeader(name, value);
  }

  remove(name: string): void {
    this.raw.removeHeader(name);
  }
}

/** Of the answer that was not given. HTTP/2 has no reason phrases (RFC 9113 §8.3.2). */
function resetReason(raw: ServerResponse, status: number): void {
  if (raw.req.httpVersionMajor === 1 && raw.statusMessage) {
    raw.statusMessage = STATUS_CODES[status] ?? '';
  }
}
