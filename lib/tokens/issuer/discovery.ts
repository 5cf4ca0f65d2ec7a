import { printable } from '../../contract/text/printable.js';
import { isLoopbackHttp, metadataUrls } from './issuer-url.js';
import { fetchJsonText } from './json.fetcher.js';

const MAX_SHOWN = 200;

/** Members of an issuer's metadata that name a place which is asked by this library. @internal */
export type Endpoint = 'jwks_uri' | 'introspection_endpoint';

/**
 * Finds a place of an issuer through its metadata (RFC 8414 §3, OpenID Connect Discovery 1.0 §4).
 *
 * @throws Error where no document of the issuer names one.
 * @internal
 */
export async function discoverEndpoint(
  issuer: string,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<URL> {
  const failures: unknown[] = [];
  for (const url of metadataUrls(issuer)) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- the second place only where the first fails
      return toEndpoint(JSON.parse(await fetchJsonText(url, signal)), endpoint, issuer, url);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new Error(failures.map((failure) => (failure as Error).message).join('; '), {
    cause: failures.at(-1),
  });
}

function toEndpoint(metadata: unknown, endpoint: Endpoint, issuer: string, url: URL): URL {
  const { issuer: named, [endpoint]: uri } = Object(metadata) as Record<string, unknown>;
  // RFC 8414 §3.3: identical, or the document MUST NOT be used
  if (named !== issuer) {
    const whose = typeof named === 'string' ? printable(named, MAX_SHOWN) : 'nobody';
    throw new Error(`${url.href} is not the metadata of ${issuer}, but of ${whose}`);
  }
  const place = typeof uri === 'string' && URL.canParse(uri) ? new URL(uri) : undefined;
  if (place === undefined || !isFetchable(place, issuer)) {
    throw new Error(`${url.href} names no ${endpoint} that may be used`);
  }
  return place;
}

/**
 * An issuer on the network does not send this server to a port of its own machine, and no further
 * without TLS than the application lets the issuer itself be.
 */
function isFetchable(place: URL, issuer: string): boolean {
  const its = new URL(issuer);
  return (
    place.protocol === 'https:' ||
    (place.protocol === 'http:' &&
      its.protocol === 'http:' &&
      isLoopbackHttp(place) === isLoopbackHttp(its))
  );
}
