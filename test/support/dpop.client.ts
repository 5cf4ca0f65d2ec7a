import { generateKeyPair, generateProof, type KeyPair } from 'dpop';
import type { Issuer } from './issuer.js';
import { CLIENT, FORMAT_HEADER } from './issuer.provider.js';

/** What a token of {@link requestToken} is to be. */
export interface BoundTokenRequest {
  readonly audience: string;
  readonly scope?: string;
  readonly format?: 'jwt' | 'opaque';
  /** Binds the token to this key (RFC 9449 §5). */
  readonly keys?: KeyPair;
  /** Request headers by which a test says more. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An access token by the client credentials grant, bound to a key where one is given. */
export async function requestToken(issuer: Issuer, request: BoundTokenRequest): Promise<string> {
  const { audience, scope, format = 'jwt', keys, headers } = request;
  const url = `${issuer.url}/token`;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${CLIENT.id}:${CLIENT.secret}`)}`,
      [FORMAT_HEADER]: format,
      ...(keys && { dpop: await generateProof(keys, url, 'POST') }),
      ...headers,
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: audience,
      ...(scope !== undefined && { scope }),
    }),
  });
  const body = (await response.json()) as { access_token?: string; token_type?: string };
  if (body.access_token === undefined || (keys && body.token_type !== 'DPoP')) {
    throw new Error(`no token: ${JSON.stringify(body)}`);
  }
  return body.access_token;
}

/** A client that holds a key and a token bound to it. */
export class DpopClient {
  private constructor(
    readonly keys: KeyPair,
    readonly token: string,
  ) {}

  static async at(issuer: Issuer, request: Omit<BoundTokenRequest, 'keys'>): Promise<DpopClient> {
    const keys = await generateKeyPair('ES256');
    return new DpopClient(keys, await requestToken(issuer, { ...request, keys }));
  }

  proof(url: string, method = 'GET', nonce?: string, more = {}): Promise<string> {
    return generateProof(this.keys, url, method, nonce, this.token, more);
  }

  /** The headers of a request with a proof; of this URL unless it is given. */
  async headers(url: string, proof?: string): Promise<Record<string, string>> {
    return { authorization: `DPoP ${this.token}`, dpop: proof ?? (await this.proof(url)) };
  }
}
