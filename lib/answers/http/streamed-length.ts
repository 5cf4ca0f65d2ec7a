import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

/**
 * Watches that what is piped into a response is as long as its `Content-Length` says: of one that is
 * shorter the client waits for the rest, and takes what one that is longer goes on with for the next
 * answer (RFC 9112 §6.3).
 *
 * @param onMismatch - called before the first byte too many, or before the end that comes too early
 * @internal
 */
export function watchLength(response: ServerResponse, onMismatch: (error: Error) => void): void {
  // What compresses on the way takes the header away, until then
  const declared = () => Number(response.getHeader('content-length') ?? Number.NaN);
  response.once('pipe', (source: Readable) => {
    if (hasNoBody(response)) {
      return;
    }
    let length = 0;
    const mismatch = () => {
      source.unpipe(response);
      onMismatch(
        new Error(
          `The stream has ${length} bytes, and not the ${declared()} of its Content-Length`,
        ),
      );
    };
    source.prependListener('data', (chunk: string | Uint8Array) => {
      const before = length;
      length += Buffer.byteLength(chunk);
      if (before <= declared() && length > declared()) {
        mismatch();
      }
    });
    source.prependListener('end', () => {
      if (length < declared()) {
        mismatch();
      }
    });
  });
}

/** RFC 9112 §6.3: whatever their Content-Length says. */
function hasNoBody({ req, statusCode }: ServerResponse): boolean {
  return req.method === 'HEAD' || statusCode === 204 || statusCode === 304;
}
