import type { ServerResponse } from 'node:http';

/** The response to the latest request of a connection, kept on the connection. */
const LATEST = Symbol.for('nestjs-api-errors:latest-response');

type Connection = object & { [LATEST]?: ServerResponse | undefined };

/**
 * Keeps the response to the latest request of a connection while either is under way. Clients keep
 * connections alive: what is left there of a finished exchange, its body with it, stays as long.
 *
 * @internal
 */
export function keepLatest(response: ServerResponse): void {
  // HTTP/2 has streams in place of a turn, and what a client does wrong in one ends that one
  if (response.req.httpVersionMajor !== 1) {
    return;
  }
  const connection: Connection = response.req.socket;
  if (connection[LATEST] !== response) {
    connection[LATEST] = response;
    response.on('close', forget);
  }
}

/** The response to the latest request of a connection; `undefined` where that is over. @internal */
export function latestResponse(connection: Connection): ServerResponse | undefined {
  return connection[LATEST];
}

function forget(this: ServerResponse): void {
  const { req } = this;
  if (req.complete) {
    release(this);
  } else {
    // Answered before its body was read: what arrives is of this request still
    req.once('end', () => release(this));
  }
}

function release(response: ServerResponse): void {
  const connection: Connection = response.req.socket;
  if (connection[LATEST] === response) {
    connection[LATEST] = undefined;
  }
}
