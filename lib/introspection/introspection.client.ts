import {
  allowInsecureRequests,
  customFetch,
  introspectionRequest,
  processIntrospectionResponse,
} from 'oauth4webapi';
import { ServiceUnavailableException } from '../exceptions/contract.exceptions.js';
import { discoverEndpoint } from '../issuer/discovery.js';
import { boundedFetch } from '../issuer/json.fetcher.js';
import type { IntrospectionSettings } from './introspection.settings.js';

/** Discovery and introspection together: how long a request waits for an issuer that hangs. */
const TIMEOUT_MS = 5_000;
/** An issuer may move; its metadata are read again now and then. */
const DISCOVERY_MAX_AGE_MS = 600_000;
const RETRY_AFTER_SECONDS = 5;

/** What an issuer says of a token (RFC 7662 §2.2). @internal */
export type IntrospectionAnswer = Readonly<Record<string, unknown>> & { readonly active: boolean };

/**
 * Asks an issuer about tokens.
 *
 * @internal
 */
export class IntrospectionClient {
  private discovered: { readonly endpoint: Promise<URL>; readonly at: number } | undefined;

  constructor(private readonly settings: IntrospectionSettings) {}

  /** @throws ServiceUnavailableException where the issuer does not say. */
  async ask(token: string): Promise<IntrospectionAnswer> {
    try {
      return await this.introspect(token, AbortSignal.timeout(TIMEOUT_MS));
    } catch (cause) {
      const { issuer } = this.settings;
      throw new ServiceUnavailableException(`${issuer} does not introspect tokens.`, {
        cause,
        retryAfter: RETRY_AFTER_SECONDS,
      });
    }
  }

  /** Finds the endpoint in advance, without anybody waiting. Never throws. */
  warmUp(): void {
    this.endpoint(AbortSignal.timeout(TIMEOUT_MS)).catch(() => undefined);
  }

  private async introspect(token: string, signal: AbortSignal): Promise<IntrospectionAnswer> {
    const { issuer, clientId, clientAuth } = this.settings;
    const endpoint = await this.endpoint(signal);
    const server = { issuer, introspection_endpoint: endpoint.href };
    const client = { client_id: clientId };
    const response = await introspectionRequest(server, client, clientAuth, token, {
      additionalParameters: { token_type_hint: 'access_token' },
      // The settings and the discovery let it be on a loopback host alone
      [allowInsecureRequests]: endpoint.protocol === 'http:',
      [customFetch]: boundedFetch,
      signal,
    });
    return processIntrospectionResponse(server, client, response);
  }

  private endpoint(signal: AbortSignal): Promise<URL> {
    if (this.settings.endpoint !== undefined) {
      return Promise.resolve(this.settings.endpoint);
    }
    if (this.discovered === undefined || Date.now() - this.discovered.at > DISCOVERY_MAX_AGE_MS) {
      const endpoint = discoverEndpoint(this.settings.issuer, 'introspection_endpoint', signal);
      const discovered = { endpoint, at: Date.now() };
      this.discovered = discovered;
      // What failed is tried again
      endpoint.catch(() => {
        this.discovered = this.discovered === discovered ? undefined : this.discovered;
      });
    }
    return this.discovered.endpoint;
  }
}
