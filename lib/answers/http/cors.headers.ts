const EXPOSE = 'access-control-expose-headers';
/** Headers of errors that a browser shows to a page only where they are named (Fetch §3.3.1). */
const EXPOSED = ['WWW-Authenticate', 'DPoP-Nonce', 'Retry-After', 'X-Request-Id'];

/** What is done with the headers of a response. */
interface Headers {
  get(name: string): unknown;
  set(name: string, value: string): void;
}

/** Where CORS is on, lets pages read the headers that explain an error. @internal */
export function exposeHeaders(headers: Headers): void {
  if (headers.get('access-control-allow-origin') === undefined) {
    return;
  }
  const present = headers.get(EXPOSE) as string | string[] | undefined;
  const names = [present ?? []]
    .flat()
    .flatMap((line) => line.split(','))
    .map((name) => name.trim());
  const known = new Set(names.map((name) => name.toLowerCase()));
  const missing = EXPOSED.filter((name) => !known.has(name.toLowerCase()));
  if (missing.length > 0 && !known.has('*')) {
    headers.set(EXPOSE, [...names, ...missing].join(', '));
  }
}
