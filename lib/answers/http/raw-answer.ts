import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Answer } from '../answer.js';
import type { AnswerSettings } from '../answer.settings.js';
import { represent } from '../representation.js';
import { answerHeaders } from './http.headers.js';

/** How long a client may take to read its answer before the connection is taken from it. */
const LINGER_MS = 1000;

/**
 * Writes an answer to a connection whose request never became one, and closes it (RFC 9112 §9.6).
 * What still arrives is read and thrown away for a moment: closing a connection with unread data
 * resets it, and the answer would be lost with it.
 *
 * @internal
 */
export function writeToSocket(socket: Socket, answer: Answer, settings: AnswerSettings): void {
  const { contentType, body } = represent(answer, settings);
  const head = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Error'}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Date: ${new Date().toUTCString()}`,
    'Connection: close',
    ...answerHeaders(answer).map(([name, value]) => `${name}: ${String(value)}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once('close', () => clearTimeout(timer));
}
