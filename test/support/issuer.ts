import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import type { Configuration } from 'oidc-provider';
import { createIssuerKeys, type IssuerAlgorithm, type IssuerKeys } from './issuer.keys.js';
import {
  ALG_HEADER,
  CLIENT,
  createProvider,
  FORMAT_HEADER,
  TTL_HEADER,
} from './issuer.provider.js';
import { IssuerStore } from './issuer.store.js';

/** What goes wrong with an issuer that is reached. */
export type IssuerFault = 'error' | 'hang' | 'stall' | 'garbage' | 'huge' | 'redirect' | 'empty';

/** What a token is to be. */
export interface TokenRequest {
  readonly audience: string;
  readonly scope?: string;
  readonly alg?: IssuerAlgorithm;
  /** Seconds. */
  readonly ttl?: number;
  readonly format?: 'jwt' | 'opaque';
}

const FAULTS: Readonly<Record<IssuerFault, RequestListener>> = {
  error: (_request, response) => response.writeHead(500).end('down'),
  hang: () => undefined,
  stall: (_request, response) => response.writeHead(200).write('{"keys":['),
  garbage: (_request, response) => response.end('<!doctype html><p>Be right back'),
  huge: (_request, response) => response.end(`{"keys":[${'{},'.repeat(500_000)}{}]}`),
  redirect: (_request, response) => response.writeHead(302, { location: '/jwks' }).end(),
  empty: (_request, response) => response.end('{"keys":[]}'),
};

/** A real authorization server on a port of its own. */
export class Issuer {
  /** What every request is answered with, in place of the authorization server's answer. */
  fault: IssuerFault | undefined;
  /** Paths of the requests that came, in order. */
  readonly requests: string[] = [];
  private server: Server | undefined;
  private handler: RequestListener = FAULTS.error;
  private readonly store = new IssuerStore();
  private port = 0;

  private constructor(
    public keys: IssuerKeys,
    private readonly configuration: Configuration,
  ) {}

  /** @param configuration - more of oidc-provider's configuration */
  static async start(configuration: Configuration = {}): Promise<Issuer> {
    const issuer = new Issuer(await createIssuerKeys(), configuration);
    await issuer.start();
    await issuer.rotate(issuer.keys);
    return issuer;
  }

  /** The issuer identifier, which `iss` names. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** How often the JWK Set was asked for. */
  get keyRequests(): number {
    return this.requests.filter((path) => path === '/jwks').length;
  }

  /** Listens, on the same port as before where there was one. */
  async start(): Promise<void> {
    const server = createServer((request, response) => {
      this.requests.push(request.url ?? '');
      (this.fault === undefined ? this.handler : FAULTS[this.fault])(request, response);
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** Stops listening and cuts every connection; `start()` brings it back. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server !== undefined) {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    }
  }

  /** Ends the issuer. */
  close(): Promise<void> {
    return this.stop();
  }

  /** Signs with these keys from now on, and publishes no others. */
  async rotate(keys?: IssuerKeys): Promise<void> {
    this.keys = keys ?? (await createIssuerKeys());
    const provider = await createProvider(this.url, this.keys, this.store, this.configuration);
    this.handler = provider.callback();
  }

  /** An access token by the client credentials grant, with a resource indicator (RFC 8707). */
  async token(request: TokenRequest): Promise<string> {
    const { audience, scope, alg = 'RS256', ttl = 600, format = 'jwt' } = request;
    const response = await fetch(`${this.url}/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`,
        [ALG_HEADER]: alg,
        [TTL_HEADER]: String(ttl),
        [FORMAT_HEADER]: format,
      },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource: audience,
        ...(scope === undefined ? undefined : { scope }),
      }),
    });
    const body = (await response.json()) as { access_token?: string };
    if (body.access_token === undefined) {
      throw new Error(`no token: ${JSON.stringify(body)}`);
    }
    return body.access_token;
  }

  /**
   * A token that the authorization server would not issue, signed with its key. What RFC 9068 demands
   * of every token is there unless `claims` say otherwise.
   */
  async sign(
    claims: JWTPayload,
    header: { alg?: IssuerAlgorithm; [parameter: string]: unknown } = {},
  ): Promise<string> {
    const key = this.keys[header.alg ?? 'RS256'];
    const alg = header.alg ?? 'RS256';
    const profile = {
      sub: CLIENT.id,
      client_id: CLIENT.id,
      iat: Math.floor(Date.now() / 1000),
      jti: randomUUID(),
    };
    return new SignJWT({ ...profile, ...claims })
      .setProtectedHeader({ kid: key.kid, typ: 'at+jwt', ...header, alg })
      .sign(await importJWK(key, alg));
  }
}

/** Starts {@link Issuer}. */
export function startIssuer(configuration?: Configuration): Promise<Issuer> {
  return Issuer.start(configuration);
}
