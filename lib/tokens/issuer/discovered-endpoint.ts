import { type Endpoint, discoverEndpoint } from './discovery.js';

/** An issuer may move what it has; its metadata are read again now and then. */
const MAX_AGE_MS = 600_000;

/** A place of an issuer: where it was told to be, or where the issuer's metadata say. @internal */
export class DiscoveredEndpoint {
  private discovered: { readonly url: Promise<URL>; readonly at: number } | undefined;

  /** @param told - `undefined` asks the issuer */
  constructor(
    private readonly issuer: string,
    private readonly name: Endpoint,
    private readonly told: URL | undefined,
  ) {}

  /** @throws Error where the issuer does not say. */
  async find(signal: AbortSignal): Promise<URL> {
    if (this.told !== undefined) {
      return this.told;
    }
    if (this.discovered === undefined || Date.now() - this.discovered.at > MAX_AGE_MS) {
      const url = discoverEndpoint(this.issuer, this.name, signal);
      const discovered = { url, at: Date.now() };
      this.discovered = discovered;
      // What failed is tried again
      url.catch(() => this.forget(discovered));
    }
    return this.discovered.url;
  }

  /** Asks anew the next time: it is not where it was. */
  forget(found = this.discovered): void {
    this.discovered = this.discovered === found ? undefined : this.discovered;
  }
}
