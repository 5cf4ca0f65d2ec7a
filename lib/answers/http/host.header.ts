import type { IncomingMessage } from 'node:http';
import { headerLines } from '../../nest/request.js';

// RFC 3986 §3.2.2 and §3.2.3: a name or an IPv4 address, which may be empty, or an IP literal; a port
const HOST =
  /^(?:(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*|\[(?:[\da-f:.]+|v[\da-f]+\.[\w.~!$&'()*+,;=:-]+)\])(?::\d*)?$/i;

/** The latest that was well-formed: an API has a name or two, and the same for almost every request. */
let wellFormed: string | undefined;

/**
 * Whether a request names its host as HTTP/1.1 wants it: once, and well-formed (RFC 9112 §3.2).
 *
 * @param isRequired - whether a request of HTTP/1.1 has to
 * @internal
 */
export function hasValidHost(request: IncomingMessage, isRequired: boolean): boolean {
  // RFC 9113 §8.3.1: HTTP/2 has `:authority` for it
  if (request.httpVersionMajor !== 1) {
    return true;
  }
  const [host, ...more] = headerLines(request, 'host');
  return host === undefined
    ? !(isRequired && request.httpVersionMinor === 1)
    : more.length === 0 && isWellFormed(host);
}

function isWellFormed(host: string): boolean {
  if (host === wellFormed) {
    return true;
  }
  const is = HOST.test(host);
  if (is) {
    wellFormed = host;
  }
  return is;
}
