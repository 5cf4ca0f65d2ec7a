const EXPOSE = 'access-control-expose-headers';
/** Headers of errors that a browser shows to a page only where they are named (Fetch §3.3.1). */
const EXPOSED = ['WWW-Authenticate', 'DPoP-Nonce', 'Retry-After', 'X-Request-Id'];

/** Fastify's reply sets a header with `header()`, Node's response with `setHeader()`. */
type Headers = { getHeader(name: string): unknown } & (
  | { header(name: string, value: string): unknown }
  | { setHeader(name: string, value: string): unknown }
);

/**
 * Where CORS is on, lets pages read the headers that explain an error.
 *
 * @internal
 */
export function exposeHeaders(response: Headers): void {
  if (response.getHeader('access-control-allow-origin') === undefined) {
    return;
  }
  const present = response.getHeader(EXPOSE) as string | string[] | undefined;
  const names = [present ?? []]
    .flat()
    .flatMap((line) => line.split(','))
    .map((name) => name.trim());
  const known = new Set(names.map((name) => name.toLowerCase()));
  const missing = EXPOSED.filter((name) => !known.has(name.toLowerCase()));
  if (missing.length > 0 && !known.has('*')) {
    const value = [...names, ...missing].join(', ');
    if ('header' in response) {
      response.header(EXPOSE, value);
    } else {
      response.setHeader(EXPOSE, value);
    }
  }
}
