import { ServiceUnavailableException } from '../../contract/exceptions/contract.exceptions.js';
import { DiscoveredEndpoint } from '../issuer/discovered-endpoint.js';
import { failureOf } from '../issuer/failure.js';
import { askIssuer } from '../issuer/json.fetcher.js';
import type { IntrospectionSettings } from './introspection.settings.js';

/** Discovery alone: nobody waits for it. */
const TIMEOUT_MS = 5_000;
const RETRY_AFTER_SECONDS = 5;
/** Thousands of answers are kept. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** What an issuer says of a token (RFC 7662 §2.2). @internal */
export type IntrospectionResponse = Readonly<Record<string, unknown>> & {
  readonly active: boolean;
};

/** Asks an issuer about tokens. @internal */
export class IntrospectionClient {
  private readonly endpoint: DiscoveredEndpoint;

  constructor(private readonly settings: IntrospectionSettings) {
    const { issuer, endpoint } = settings;
    this.endpoint = new DiscoveredEndpoint(issuer, 'introspection_endpoint', endpoint);
  }

  /** @throws ServiceUnavailableException where the issuer does not say in time. */
  async ask(token: string, signal: AbortSignal): Promise<IntrospectionResponse> {
    try {
      return await this.introspect(token, signal);
    } catch (cause) {
      const { issuer } = this.settings;
      throw new ServiceUnavailableException(`${issuer} does not introspect tokens.`, {
        cause,
        retryAfter: RETRY_AFTER_SECONDS,
      });
    }
  }

  /** Finds the endpoint in advance. Never rejects; tells why it cannot be found. */
  async warmUp(): Promise<string | undefined> {
    try {
      await this.endpoint.find(AbortSignal.timeout(TIMEOUT_MS));
      return undefined;
    } catch (error) {
      const { issuer } = this.settings;
      return `${issuer} cannot be asked about tokens. Until it can, they are 503: ${failureOf(error)}`;
    }
  }

  /** RFC 7662 §2.1. */
  private async introspect(token: string, signal: AbortSignal): Promise<IntrospectionResponse> {
    const endpoint = await this.endpoint.find(signal);
    const headers = new Headers({ accept: 'application/json' });
    const body = new URLSearchParams({ token, token_type_hint: 'access_token' });
    await this.settings.authenticate(headers, body);
    const request = { method: 'POST', headers, body, maxBytes: MAX_ANSWER_BYTES } as const;
    return toResponse(await askIssuer(endpoint, signal, request));
  }
}

/**
 * A response says that it is JSON and is (RFC 7662 §2.2): one of another type is not what was asked
 * for, a signed one (RFC 9701) would have to be verified.
 */
function toResponse({ text, mediaType }: Awaited<ReturnType<typeof askIssuer>>) {
  if (mediaType !== 'application/json') {
    throw new Error(`The introspection response is ${mediaType || 'of no type'}, not JSON`);
  }
  const response: unknown = JSON.parse(text);
  if (typeof (response as Partial<IntrospectionResponse> | null)?.active !== 'boolean') {
    throw new Error('The introspection response does not say whether the token is active');
  }
  return response as IntrospectionResponse;
}
