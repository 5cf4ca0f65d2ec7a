import type { OpenAPIObject } from '@nestjs/swagger';
import { generateKeyPair, generateProof, type KeyPair } from 'dpop';
import { type BookshelfClient, clients } from '../auth/clients.js';

export type Caller = keyof typeof clients;

export interface Call {
  readonly method: string;
  readonly path: string;
  /** Client whose token is sent */
  readonly as?: Caller;
  /** Sends the token as Bearer, though it is bound to a key */
  readonly withoutProof?: boolean;
  readonly headers?: Record<string, string>;
  /** Sent as JSON; a string is sent as it is */
  readonly body?: unknown;
}

/** A caller of the API, who knows its URL and finds the rest through its OpenAPI document. */
export class Bookshelf {
  readonly #tokens = new Map<Caller, Promise<string>>();
  #keys: Promise<KeyPair> | undefined;

  private constructor(
    private readonly url: string,
    private readonly tokenEndpoint: string,
    private readonly resource: string | undefined,
  ) {}

  /**
   * @param resource - what to ask tokens for, where the authorization server needs to be told
   * @throws Error where no bookshelf answers at the URL.
   */
  static async at(url: string, resource?: string): Promise<Bookshelf> {
    const response = await fetch(`${url}/docs-json`, { signal: AbortSignal.timeout(5_000) });
    const document = (await response.json()) as OpenAPIObject;
    const scheme = document.components?.securitySchemes?.['bearer'];
    const flow = scheme && 'flows' in scheme ? scheme.flows?.clientCredentials : undefined;
    if (document.info.title !== 'Bookshelf' || !flow?.tokenUrl) {
      throw new Error(`What answers at ${url} is not a bookshelf.`);
    }
    return new Bookshelf(url, flow.tokenUrl, resource);
  }

  async call(call: Call): Promise<Response> {
    const { method, path, headers, body } = call;
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(await this.credentials(call)),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** A token of the client with all of its scopes, asked for once. */
  tokenOf(caller: Caller): Promise<string> {
    let token = this.#tokens.get(caller);
    if (!token) {
      token = this.askForToken(clients[caller]);
      this.#tokens.set(caller, token);
    }
    return token;
  }

  /** What shows that a request is the caller's; a proof is good for one request. */
  async credentials({ method, path, as, withoutProof }: Call): Promise<Record<string, string>> {
    if (!as) {
      return {};
    }
    const token = await this.tokenOf(as);
    if (withoutProof || !isBound(clients[as])) {
      return { Authorization: `Bearer ${token}` };
    }
    const proof = generateProof(await this.keys(), this.url + path, method, undefined, token);
    return { Authorization: `DPoP ${token}`, DPoP: await proof };
  }

  private keys(): Promise<KeyPair> {
    this.#keys ??= generateKeyPair('ES256');
    return this.#keys;
  }

  private async askForToken(client: BookshelfClient): Promise<string> {
    const response = await fetch(this.tokenEndpoint, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}`,
        ...(isBound(client) && {
          DPoP: await generateProof(await this.keys(), this.tokenEndpoint, 'POST'),
        }),
      },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: client.scope,
        ...(this.resource && { resource: this.resource }),
      }),
    });
    if (!response.ok) {
      throw new Error(`${client.client_id} gets no token: ${await response.text()}`);
    }
    const { access_token } = (await response.json()) as { access_token: string };
    return access_token;
  }
}

function isBound(client: BookshelfClient): boolean {
  return 'dpop_bound_access_tokens' in client;
}
