import { discoveryRequest, processDiscoveryResponse, allowInsecureRequests } from 'oauth4webapi';
import { type Config, HOST } from '../config.js';

/** Token of the {@link Issuer}. */
export const ISSUER = Symbol('ISSUER');

/** The authorization server whose tokens the API takes. */
export interface Issuer {
  /** Issuer identifier: the `iss` of its tokens */
  readonly url: string;
  readonly tokenEndpoint: string;
  /** Whether it is the one beside the API, whose clients and secrets are known */
  readonly ours: boolean;
  /** Nest calls it when the API goes down. */
  onApplicationShutdown?(): Promise<void>;
}

/** What the issuer would be: where it is, without a look whether it is there. */
export function absentIssuer({ issuer, issuerPort }: Config): Issuer {
  const url = issuer ?? `http://${HOST}:${issuerPort}`;
  return { url, tokenEndpoint: `${url}/token`, ours: !issuer };
}

/** Asks an authorization server elsewhere where its token endpoint is (OpenID discovery). */
export async function discoverIssuer(url: string): Promise<Issuer> {
  const identifier = new URL(url);
  const response = await discoveryRequest(identifier, {
    [allowInsecureRequests]: identifier.protocol === 'http:',
    signal: AbortSignal.timeout(5_000),
  });
  const { token_endpoint } = await processDiscoveryResponse(identifier, response);
  if (!token_endpoint) {
    throw new Error(`ISSUER: ${url} names no token endpoint.`);
  }
  return { url, tokenEndpoint: token_endpoint, ours: false };
}
