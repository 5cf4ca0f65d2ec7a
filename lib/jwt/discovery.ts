import { isLoopbackHttp, metadataUrls } from './issuer-url.js';
import { fetchJsonText } from './json.fetcher.js';

/**
 * Finds an issuer's JWK Set through its metadata (RFC 8414 §3, OpenID Connect Discovery 1.0 §4).
 *
 * @throws Error where no document of the issuer names one.
 * @internal
 */
export async function discoverJwksUri(issuer: string, signal: AbortSignal): Promise<URL> {
  const failures: unknown[] = [];
  for (const url of metadataUrls(issuer)) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- the second place only where the first fails
      return toJwksUri(JSON.parse(await fetchJsonText(url, signal)), issuer, url);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new Error(failures.map(String).join('; '), { cause: failures.at(-1) });
}

function toJwksUri(metadata: unknown, issuer: string, url: URL): URL {
  const { issuer: named, jwks_uri: uri } = Object(metadata) as Record<string, unknown>;
  // RFC 8414 §3.3: identical, or the document MUST NOT be used
  if (named !== issuer) {
    throw new Error(`${url.href} is not the metadata of ${issuer}`);
  }
  const jwksUri = typeof uri === 'string' && URL.canParse(uri) ? new URL(uri) : undefined;
  if (jwksUri === undefined || !isFetchable(jwksUri, issuer)) {
    throw new Error(`${url.href} names no jwks_uri that may be used`);
  }
  return jwksUri;
}

/** An issuer on the network does not send this server to a port of its own machine. */
function isFetchable(jwksUri: URL, issuer: string): boolean {
  return (
    jwksUri.protocol === 'https:' || (isLoopbackHttp(jwksUri) && isLoopbackHttp(new URL(issuer)))
  );
}
