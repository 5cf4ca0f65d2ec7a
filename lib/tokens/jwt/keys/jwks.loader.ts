import { DiscoveredEndpoint } from '../../issuer/discovered-endpoint.js';
import { fetchJsonText } from '../../issuer/json.fetcher.js';

/** Discovery and JWK Set together: how long a request waits for an issuer that hangs. */
const TIMEOUT_MS = 5_000;

/** Loads an issuer's JWK Set. @internal */
export class JwksLoader {
  private readonly place: DiscoveredEndpoint;

  /** @param jwksUri - where the set is; `undefined` asks the issuer's metadata */
  constructor(issuer: string, jwksUri: URL | undefined) {
    this.place = new DiscoveredEndpoint(issuer, 'jwks_uri', jwksUri);
  }

  /** @throws Error where the set cannot be had in time. */
  async load(): Promise<string> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const uri = await this.place.find(signal);
    try {
      return await fetchJsonText(uri, signal);
    } catch (error) {
      this.place.forget();
      throw error;
    }
  }
}
