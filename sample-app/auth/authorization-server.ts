import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { type Configuration, errors, type JWKS, Provider } from 'oidc-provider';
import { type Config, HOST } from '../config.js';
import { clients, strongLogins } from './clients.js';
import type { Issuer } from './issuer.js';
import { SCOPES } from './scopes.js';
import { tokenStorage } from './token.storage.js';

const SCOPE = Object.keys(SCOPES).join(' ');

/** Starts an OAuth 2 authorization server whose one resource is this API. */
export async function startAuthorizationServer(config: Config): Promise<Issuer> {
  // The API keeps the process alive; where it fails to start, this does not
  const server = createServer().listen(config.issuerPort, HOST).unref();
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const url = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(url, await configuration(config.audience));
  // oidc-provider answers with a promise, which it lets nothing escape from
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return {
    url,
    tokenEndpoint: `${url}/token`,
    ours: true,
    onApplicationShutdown: () => close(server),
  };
}

async function configuration(audience: string): Promise<Configuration> {
  return {
    adapter: tokenStorage(),
    clients: Object.values(clients),
    // Swagger UI's Authorize asks from a browser. No cookie is involved: whoever knows a client's
    // secret may ask from anywhere.
    clientBasedCORS: () => true,
    // There is no login page; who asks for a token has just logged in
    extraTokenClaims: (_context, { clientId = '' }) => ({
      acr: strongLogins.has(clientId) ? 'phr' : 'pwd',
      auth_time: Math.floor(Date.now() / 1000),
    }),
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo: (_context, resource) => {
          if (resource !== audience) {
            throw new errors.InvalidTarget();
          }
          return { audience, scope: SCOPE, accessTokenFormat: 'jwt' };
        },
      },
    },
    jwks: await signingKeys(),
    scopes: Object.keys(SCOPES),
    ttl: { ClientCredentials: 600 },
  };
}

async function signingKeys(): Promise<JWKS> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomBytes(8).toString('base64url');
  return { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid }] };
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
