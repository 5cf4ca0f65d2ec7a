import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Answer } from '../filter/answer.js';

/** How long a client may take to read its answer before the connection is taken from it. */
const LINGER_MS = 1000;

/**
 * Writes an answer to a connection whose request never became one, and closes it (RFC 9112 §9.6).
 * What still arrives is read and thrown away for a moment: closing a connection with unread data
 * resets it, and the answer would be lost with it.
 *
 * @internal
 */
export function writeToSocket(socket: Socket, answer: Answer): void {
  const head = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Error'}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(answer.body)}`,
    `Date: ${new Date().toUTCString()}`,
    'Connection: close',
    ...[...answer.headers].map(([name, value]) => `${name}: ${String(value)}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${answer.body}`);
  const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once('close', () => clearTimeout(timer));
}
