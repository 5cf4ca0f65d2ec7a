/** Headers of errors that a browser shows to a page only where they are named (Fetch §3.3.1). */
const EXPOSED = ['WWW-Authenticate', 'Retry-After', 'X-Request-Id'];

interface Headers {
  header(name: string, value: string): unknown;
  getHeader(name: string): unknown;
}

/**
 * Where CORS is on, lets pages read the headers that explain an error.
 *
 * @internal
 */
export function exposeHeaders(response: Headers): void {
  if (response.getHeader('access-control-allow-origin') === undefined) {
    return;
  }
  const present = response.getHeader('access-control-expose-headers');
  const names = typeof present === 'string' ? present.split(',').map((name) => name.trim()) : [];
  const known = new Set(names.map((name) => name.toLowerCase()));
  const missing = EXPOSED.filter((name) => !known.has(name.toLowerCase()));
  if (missing.length > 0 && !known.has('*')) {
    response.header('access-control-expose-headers', [...names, ...missing].join(', '));
  }
}
