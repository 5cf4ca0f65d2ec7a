import type { IncomingMessage } from 'node:http';

/** A request of any adapter: Node's own, or one that wraps it. */
interface WrappedRequest {
  readonly raw?: IncomingMessage;
}

/**
 * The values of a header, line by line: of most that come twice Node keeps the first, or joins them,
 * and says nothing.
 *
 * @param name - in lower case
 * @internal
 */
export function headerLines(request: WrappedRequest, name: string): string[] {
  const { rawHeaders } = request.raw ?? (request as unknown as IncomingMessage);
  const lines: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const found = rawHeaders[i]!;
    if (found.length === name.length && found.toLowerCase() === name) {
      lines.push(rawHeaders[i + 1]!);
    }
  }
  return lines;
}
