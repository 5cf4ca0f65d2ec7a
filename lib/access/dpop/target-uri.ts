/** The characters of a URI (RFC 3986 §2), and those that HTTP parsers let through beside them. */
const ASCII_WITHOUT_BACKSLASH = /^[\x21-\x5b\x5d-\x7e]+$/;
const ESCAPE = /%[\dA-Fa-f]{2}/g;
const UNRESERVED = /^[\w\-.~]$/;

/**
 * A URI without query and fragment, normalised by syntax and by scheme (RFC 9449 §4.3, RFC 3986
 * §6.2.2 and §6.2.3): case of scheme and host, default port, dot segments, escapes.
 *
 * @returns `undefined` where it is no http(s) URI
 * @internal
 */
export function normalizedUri(uri: unknown): string | undefined {
  // A backslash, which no URI has, would become a slash; tabs and line breaks would vanish
  if (typeof uri !== 'string' || !ASCII_WITHOUT_BACKSLASH.test(uri) || !URL.canParse(uri)) {
    return undefined;
  }
  const { protocol, origin, pathname, username, password } = new URL(uri);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') {
    return undefined;
  }
  return origin + pathname.replace(ESCAPE, normalizedEscape);
}

/** RFC 3986 §6.2.2.1 and §6.2.2.2. */
function normalizedEscape(escape: string): string {
  const char = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  return UNRESERVED.test(char) ? char : escape.toUpperCase();
}

/**
 * The URI that a request is for (RFC 9110 §7.1), as callers write it.
 *
 * @param baseUrl - what comes before the path, without a slash at its end
 * @param target - the request target: a path with a query, or a whole URI (RFC 9112 §3.2)
 * @internal
 */
export function targetUri(baseUrl: string, target: string): string | undefined {
  if (target.startsWith('/')) {
    return normalizedUri(baseUrl + target);
  }
  return URL.canParse(target) ? normalizedUri(baseUrl + new URL(target).pathname) : undefined;
}
