import { discoverEndpoint } from '../issuer/discovery.js';
import { fetchJsonText } from '../issuer/json.fetcher.js';

/** Discovery and JWK Set together: how long a request waits for an issuer that hangs. */
const TIMEOUT_MS = 5_000;
/** An issuer may move its keys; its metadata are read again now and then. */
const DISCOVERY_MAX_AGE_MS = 600_000;

/**
 * Loads an issuer's JWK Set from where it was told, or from where the issuer's metadata say.
 *
 * @internal
 */
export class JwksLoader {
  private discovered: { readonly uri: URL; readonly at: number } | undefined;

  /** @param jwksUri - where the set is; `undefined` asks the issuer's metadata */
  constructor(
    private readonly issuer: string,
    private readonly jwksUri: URL | undefined,
  ) {}

  /** @throws Error where the set cannot be had in time. */
  async load(): Promise<string> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const uri = this.jwksUri ?? (await this.discover(signal));
    try {
      return await fetchJsonText(uri, signal);
    } catch (error) {
      this.discovered = undefined;
      throw error;
    }
  }

  private async discover(signal: AbortSignal): Promise<URL> {
    if (this.discovered === undefined || Date.now() - this.discovered.at > DISCOVERY_MAX_AGE_MS) {
      this.discovered = {
        uri: await discoverEndpoint(this.issuer, 'jwks_uri', signal),
        at: Date.now(),
      };
    }
    return this.discovered.uri;
  }
}
