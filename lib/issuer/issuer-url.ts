const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/;

/**
 * Whether keys may be fetched from `url`, or an issuer be named so: TLS everywhere but on this
 * machine (RFC 8414 §2, RFC 8725 §3.10).
 *
 * @internal
 */
export function isTrustworthyUrl(url: URL): boolean {
  return url.protocol === 'https:' || isLoopbackHttp(url);
}

/** Whether `url` is `http:` on a loopback host (127.0.0.0/8, ::1, localhost). @internal */
export function isLoopbackHttp(url: URL): boolean {
  return url.protocol === 'http:' && LOOPBACK.test(url.hostname);
}

/**
 * Where an issuer publishes its metadata, in the order in which to ask: the well-known segment
 * before the path (RFC 8414 §3.1), then after it (OpenID Connect Discovery 1.0 §4.1).
 *
 * @internal
 */
export function metadataUrls(issuer: string): readonly URL[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    new URL(`${origin}/.well-known/oauth-authorization-server${path}`),
    new URL(`${origin}${path}/.well-known/openid-configuration`),
  ];
}
