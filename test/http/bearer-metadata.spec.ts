import {
  type CanActivate,
  Controller,
  ForbiddenException,
  Get,
  Module,
  Post,
  Query,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import {
  discoverAuthorizationServerMetadata,
  discoverOAuthProtectedResourceMetadata,
  extractWWWAuthenticateParams,
} from '@modelcontextprotocol/sdk/client/auth.js';
import {
  ErrorsModule,
  parseChallenges,
  Public,
  RequireAnyScope,
  RequireScopes,
} from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import * as oauth from 'oauth4webapi';
import type { BearerOptions } from '../../lib/access/bearer.options.js';
import { freePort } from '../support/free-port.js';
import { CLIENT } from '../support/issuer.provider.js';
import { type Issuer, startIssuer } from '../support/issuer.js';
import { platforms, type PlatformName, type RunningApp, startApp } from '../support/platforms.js';

@Controller('books')
@RequireScopes('books.read')
class BooksController {
  @Get()
  list(@Query('q') q?: string) {
    return { q };
  }

  @Post()
  @RequireScopes('books.write')
  add() {
    return {};
  }

  @Get('any')
  @RequireAnyScope('books.read', 'books.audit')
  any() {
    return {};
  }
}

@Controller()
@Public()
class AnythingController {
  @Get(':one/:two')
  two() {
    return {};
  }
}

/** A guard of the application's own, which lets nobody in. */
class ClosedGuard implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException();
  }
}

@Module({ providers: [{ provide: APP_GUARD, useClass: ClosedGuard }] })
class ClosedModule {}

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

describe.each(platforms)('metadata on %s', (platform) => {
  let app: RunningApp;
  let resource: string;
  beforeAll(async () => {
    app = await start(platform, (url) => ({ resource: `${url}/v1` }), { prefix: 'v1' });
    resource = `${app.url}/v1`;
  });
  afterAll(() => app.close());

  test('are served at the path that is inserted, without a token and past the prefix', async () => {
    const response = await fetch(`${app.url}/.well-known/oauth-protected-resource/v1`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(await response.json()).toEqual({
      resource,
      authorization_servers: [issuer.url],
      scopes_supported: ['books.read', 'books.write', 'books.audit'],
      bearer_methods_supported: ['header'],
    });
  });

  test('are nowhere else', async () => {
    for (const path of [
      '/.well-known/oauth-protected-resource',
      '/v1/.well-known/oauth-protected-resource',
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- two requests
      expect((await fetch(app.url + path)).status).toBe(404);
    }
  });

  test('are for pages of any origin, after a preflight', async () => {
    const url = `${app.url}/.well-known/oauth-protected-resource/v1`;
    const origin = 'https://app.example.com';
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'mcp-protocol-version',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('*');
    const response = await fetch(url, { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  });

  test.each([
    ['no token', {}, undefined],
    ['a bad one', { authorization: 'Bearer bad' }, 'invalid_token'],
    ['a malformed one', { authorization: 'Bearer a b' }, 'invalid_request'],
  ])('the challenge to %s names them', async (_, headers, error) => {
    const response = await fetch(`${resource}/books`, { headers: { ...headers } });
    const [challenge] = parseChallenges(response.headers.get('www-authenticate'));
    expect(challenge!.params['error']).toBe(error);
    expect(challenge!.params['resource_metadata']).toBe(
      `${app.url}/.well-known/oauth-protected-resource/v1`,
    );
  });

  test('oauth4webapi takes them for those of the resource', async () => {
    const url = new URL(resource);
    const response = await oauth.resourceDiscoveryRequest(url, {
      [oauth.allowInsecureRequests]: true,
    });
    const metadata = await oauth.processResourceDiscoveryResponse(url, response);
    expect(metadata.authorization_servers).toEqual([issuer.url]);
  });

  test('an MCP client that knows the URL alone finds the issuer, and a token that works', async () => {
    const url = `${resource}/books`;
    const refused = await fetch(url);
    const { resourceMetadataUrl } = extractWWWAuthenticateParams(refused);
    const metadata = await discoverOAuthProtectedResourceMetadata(url, { resourceMetadataUrl });
    expect(metadata.resource).toBe(resource);
    const [server] = metadata.authorization_servers!;
    const { token_endpoint: endpoint } = (await discoverAuthorizationServerMetadata(server!))!;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${CLIENT.id}:${CLIENT.secret}`)}` },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource: metadata.resource,
        scope: metadata.scopes_supported!.join(' '),
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${url}?q=x`, { headers })).status).toBe(200);
  });

  test('an MCP client finds them without a challenge, too', async () => {
    const metadata = await discoverOAuthProtectedResourceMetadata(resource);
    expect(metadata.resource).toBe(resource);
  });
});

describe.each(platforms)('metadata of a root on %s', (platform) => {
  test('stand at the root of the well-known path, past guards and wildcards', async () => {
    const app = await start(
      platform,
      (url) => ({ resource: url, formToken: true, dpop: { algorithms: ['ES256'] } }),
      { closed: true },
    );
    const response = await fetch(`${app.url}/.well-known/oauth-protected-resource`);
    expect(await response.json()).toEqual({
      resource: app.url,
      authorization_servers: [issuer.url],
      scopes_supported: ['books.read', 'books.write', 'books.audit'],
      bearer_methods_supported: ['header', 'body'],
      dpop_signing_alg_values_supported: ['ES256'],
      dpop_bound_access_tokens_required: false,
    });
    const refused = await fetch(`${app.url}/books`);
    const [bearer, dpop] = parseChallenges(refused.headers.get('www-authenticate'));
    const named = { resource_metadata: `${app.url}/.well-known/oauth-protected-resource` };
    expect(bearer).toMatchObject({ scheme: 'Bearer', params: named });
    expect(dpop).toMatchObject({ scheme: 'DPoP', params: { ...named, algs: 'ES256' } });
    await app.close();
  });

  test('without a resource there are none', async () => {
    const app = await start(platform, () => ({ authorizationServers: undefined }));
    const response = await fetch(`${app.url}/.well-known/oauth-protected-resource`);
    expect(response.status).toBe(404);
    await app.close();
  });
});

test.each([
  ['text', { resource: 'api' }],
  ['http on the network', { resource: 'http://api.example.com' }],
  ['a fragment', { resource: 'https://api.example.com/#a' }],
  ['a query', { resource: 'https://api.example.com/?a' }],
  ['a user', { resource: 'https://me@api.example.com/' }],
  ['a path with a parameter of a router', { resource: 'https://api.example.com/:v' }],
  ['servers without a resource', { authorizationServers: ['https://login.example.com'] }],
  ['no server', { resource: 'https://a.example.com', authorizationServers: [] }],
  [
    'a server of http',
    { resource: 'https://a.example.com', authorizationServers: ['http://b.example.com'] },
  ],
])('options with %s stop the application with the fix', async (_, bearer) => {
  const starting = startApp('express', { imports: [ErrorsModule.forRoot({ bearer })] });
  await expect(starting).rejects.toThrow(/^ErrorsModule: bearer\.\w+ (?:takes|is missing)/);
});

async function start(
  platform: PlatformName,
  bearer: (url: string) => Partial<BearerOptions>,
  { prefix = '', closed = false } = {},
): Promise<RunningApp> {
  const port = await freePort();
  const options = bearer(`http://127.0.0.1:${port}`);
  const verifier = new JwtTokenVerifier({
    issuer: issuer.url,
    audience: options.resource ?? 'https://api.example.com',
  });
  const errors = ErrorsModule.forRoot({
    bearer: { verifier, global: true, authorizationServers: [issuer.url], ...options },
  });
  return startApp(
    platform,
    {
      imports: [errors, ...(closed ? [ClosedModule] : [])],
      controllers: closed ? [AnythingController, BooksController] : [BooksController],
    },
    { port, setUp: (app) => void (prefix && app.setGlobalPrefix(prefix)) },
  );
}
