import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, Get } from '@nestjs/common';
import { jest } from '@jest/globals';
import { generateProof } from 'dpop';
import { exportJWK, generateKeyPair } from 'jose';
import {
  anyOf,
  ErrorsModule,
  MemoryStore,
  RequireScopes,
  Token,
  type TokenVerifier,
  type VerifiedToken,
} from 'nestjs-api-errors';
import {
  IntrospectionTokenVerifier,
  type IntrospectionTokenVerifierOptions,
} from 'nestjs-api-errors/introspection';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { errorAnswer } from '../support/answers.js';
import { DpopClient } from '../support/dpop.client.js';
import { type DocumentServer, startDocumentServer } from '../support/issuer.documents.js';
import { CLIENT } from '../support/issuer.provider.js';
import { type Issuer, type IssuerFault, startIssuer } from '../support/issuer.js';
import { platforms, type PlatformName, type RunningApp, startApp } from '../support/platforms.js';

const AUDIENCE = 'https://api.example.com';
/** Known to the issuer by its public key. */
const KEY_CLIENT = 'api-with-a-key';
const POST_CLIENT = 'api-with-a-secret-in-the-body';

@Controller('books')
class BooksController {
  @Get()
  @RequireScopes('books.read')
  list(@Token() { clientId, issuer }: VerifiedToken) {
    return { clientId, issuer };
  }
}

let issuer: Issuer;
let privateKey: CryptoKey;
let documents: DocumentServer;

beforeAll(async () => {
  const keys = await generateKeyPair('ES256', { extractable: true });
  privateKey = keys.privateKey;
  const jwk = await exportJWK(keys.publicKey);
  documents = await startDocumentServer();
  documents.documents.set('/jwks', { keys: [{ ...jwk, alg: 'ES256', kid: 'api' }] });
  const client = { redirect_uris: [], response_types: [], grant_types: ['client_credentials'] };
  issuer = await startIssuer({
    clients: [
      { ...client, client_id: CLIENT.id, client_secret: CLIENT.secret },
      {
        ...client,
        client_id: KEY_CLIENT,
        token_endpoint_auth_method: 'private_key_jwt',
        jwks_uri: `${documents.url}/jwks`,
      },
      {
        ...client,
        client_id: POST_CLIENT,
        client_secret: 'secret: +%',
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  issuer.fault = undefined;
});
afterAll(() => Promise.all([issuer.close(), documents.close()]));

type Options = Partial<IntrospectionTokenVerifierOptions>;

const introspection = (options: Options = {}) =>
  new IntrospectionTokenVerifier({
    issuer: issuer.url,
    audience: AUDIENCE,
    clientId: CLIENT.id,
    ...('privateKey' in options ? {} : { clientSecret: CLIENT.secret }),
    ...options,
  });

const opaque = (more: { scope?: string; ttl?: number; audience?: string } = {}) =>
  issuer.token({ audience: AUDIENCE, scope: 'books.read', format: 'opaque', ...more });

const asked = () => issuer.requests.filter((path) => path === '/token/introspection').length;

function passTime(seconds: number) {
  const now = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => now() + seconds * 1000);
}

async function revoke(token: string) {
  const response = await fetch(`${issuer.url}/token/revocation`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${CLIENT.id}:${CLIENT.secret}`)}` },
    body: new URLSearchParams({ token }),
  });
  expect(response.status).toBe(200);
}

describe.each(platforms)('opaque tokens on %s', (platform) => {
  const open: RunningApp[] = [];
  afterEach(() => Promise.all(open.splice(0).map((app) => app.close())));

  async function start(verifier: TokenVerifier = introspection(), more = {}) {
    const app = await startOn(platform, verifier, more);
    open.push(app);
    const get = (token: string) =>
      fetch(`${app.url}/books`, { headers: { authorization: `Bearer ${token}` } });
    return { app, get };
  }

  test('a good one is good, with its scopes and its client', async () => {
    const { get } = await start();
    const response = await get(await opaque());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ clientId: CLIENT.id, issuer: issuer.url });
  });

  test.each<[string, () => Options]>([
    [
      'private_key_jwt',
      () => ({ clientId: KEY_CLIENT, privateKey: { key: privateKey, kid: 'api' } }),
    ],
    ['a bare private key', () => ({ clientId: KEY_CLIENT, privateKey })],
    [
      'client_secret_post',
      () => ({
        clientId: POST_CLIENT,
        clientSecret: 'secret: +%',
        clientAuthentication: 'client_secret_post',
      }),
    ],
    ['an endpoint that is given', () => ({ endpoint: `${issuer.url}/token/introspection` })],
  ])('the issuer is asked with %s', async (_, options) => {
    const { get } = await start(introspection(options()));
    expect((await get(await opaque())).status).toBe(200);
  });

  test('without its scope it is 403', async () => {
    const { get } = await start();
    const response = await get(await opaque({ scope: 'books.write' }));
    expect(await errorAnswer(response)).toMatchObject({
      status: 403,
      challenge: expect.stringContaining('scope="books.read"'),
    });
  });

  test.each<[string, () => Promise<string>]>([
    ['made up', async () => 'made-up'],
    [
      'revoked',
      async () => {
        const token = await opaque();
        await revoke(token);
        return token;
      },
    ],
    ['for another audience', () => opaque({ audience: 'https://other.example.com' })],
  ])('one that is %s is refused', async (_, token) => {
    const { get } = await start();
    const response = await get(await token());
    expect(await errorAnswer(response)).toMatchObject({
      status: 401,
      code: 'UNAUTHORIZED',
      challenge: expect.stringContaining('error="invalid_token"'),
    });
  });

  test('one that expires is refused from then on, whatever is cached', async () => {
    const { get } = await start();
    const token = await opaque({ ttl: 20 });
    expect((await get(token)).status).toBe(200);
    passTime(21);
    expect(await errorAnswer(await get(token))).toMatchObject({ status: 401 });
  });

  test('one that is revoked is refused when the cache has run out', async () => {
    const { get } = await start(introspection({ cache: { maxAge: 15 } }));
    const token = await opaque();
    expect((await get(token)).status).toBe(200);
    await revoke(token);
    expect((await get(token)).status).toBe(200);
    passTime(16);
    expect((await get(token)).status).toBe(401);
  });

  test('one question is asked, however many requests come at once and after it', async () => {
    const { get } = await start();
    const [good, bad] = [await opaque(), 'made-up'];
    const before = asked();
    const first = await Promise.all(Array.from({ length: 20 }, (_, i) => get(i % 2 ? good : bad)));
    const then = [await get(good), await get(bad)];
    expect([...first, ...then].map(({ status }) => status)).toEqual(
      [...first, ...then].map((_, i) => (i % 2 ? (i === 21 ? 401 : 200) : i === 20 ? 200 : 401)),
    );
    expect(asked() - before).toBe(2);
  });

  test('without a cache every request asks', async () => {
    const { get } = await start(introspection({ cache: false }));
    const token = await opaque();
    const before = asked();
    await get(token);
    await get(token);
    expect(asked() - before).toBe(2);
    await revoke(token);
    expect((await get(token)).status).toBe(401);
  });

  test('made-up tokens push no good one out', async () => {
    const { get } = await start(introspection({ cache: { maxEntries: 3 } }));
    const token = await opaque();
    await get(token);
    for (const made of ['a', 'b', 'c', 'd', 'e']) {
      // oxlint-disable-next-line no-await-in-loop -- one after another is the point
      expect((await get(made)).status).toBe(401);
    }
    const before = asked();
    expect((await get(token)).status).toBe(200);
    expect(asked()).toBe(before);
  });

  test('instances with one store ask once', async () => {
    const store = new MemoryStore();
    const [one, other] = [introspection({ cache: { store } }), introspection({ cache: { store } })];
    const { get } = await start(one);
    const { get: getOther } = await start(other);
    const token = await opaque();
    const before = asked();
    expect([(await get(token)).status, (await getOther(token)).status]).toEqual([200, 200]);
    expect([(await get('nope')).status, (await getOther('nope')).status]).toEqual([401, 401]);
    expect(asked() - before).toBe(2);
  });

  test('a store that fails costs a question, and no answer', async () => {
    const failing = () => Promise.reject(new Error('down'));
    const { get } = await start(
      introspection({ cache: { store: { get: failing, setIfAbsent: failing } } }),
    );
    expect((await get(await opaque())).status).toBe(200);
  });

  test.each<IssuerFault>(['error', 'garbage', 'redirect', 'empty', 'huge'])(
    'an issuer with the fault %s is 503 with Retry-After, and good again after it',
    async (fault) => {
      const { get } = await start();
      const token = await opaque();
      issuer.fault = fault;
      const answer = await errorAnswer(await get(token));
      expect(answer).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE', challenge: null });
      expect(answer.headers.get('retry-after')).toBe('5');
      issuer.fault = undefined;
      expect((await get(token)).status).toBe(200);
    },
  );

  /** What a token is found to be where the issuer answers so. */
  async function statusFor(type: string | undefined, form: string, padding = '') {
    const claims = { active: true, aud: AUDIENCE, scope: 'books.read', padding };
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = [{ alg: 'RS256' }, { iss: issuer.url, token_introspection: claims }].map(encode);
    const server = createServer((_request, response) => {
      response.writeHead(200, type === undefined ? {} : { 'content-type': type });
      response.end(form === 'jwt' ? `${signed.join('.')}.AAAA` : JSON.stringify(claims));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const { get } = await start(introspection({ endpoint: `http://127.0.0.1:${port}/` }));
      return (await get('opaque')).status;
    } finally {
      server.close();
    }
  }

  test.each([
    ['a signed one (RFC 9701), signed by nobody', 'application/token-introspection+jwt', 'jwt'],
    ['a signed one, labelled as JSON', 'application/json', 'jwt'],
    ['JSON, labelled as a signed one', 'application/token-introspection+jwt', 'json'],
    ['JSON, labelled as a page', 'text/html; charset=utf-8', 'json'],
    ['JSON, labelled as another JSON', 'application/problem+json', 'json'],
    ['JSON without a label', undefined, 'json'],
    ['longer than 64 KiB', 'application/json', 'json', 'x'.repeat(65_536)],
  ])('an answer that is %s is not believed', async (_, type, form, padding = '') => {
    expect(await statusFor(type, form, padding)).toBe(503);
  });

  test.each([
    ['JSON', 'application/json'],
    ['JSON with a parameter', 'Application/JSON; charset=utf-8'],
    ['a little shorter than 64 KiB', 'application/json', 'x'.repeat(65_000)],
  ])('an answer that is %s is believed', async (_, type, padding = '') => {
    expect(await statusFor(type, 'json', padding)).toBe(200);
  });

  test('an issuer that hangs is 503 after five seconds, for all who wait', async () => {
    const { get } = await start();
    const tokens = await Promise.all([opaque(), opaque()]);
    issuer.fault = 'hang';
    const since = performance.now();
    const responses = await Promise.all([...tokens, ...tokens].map((token) => get(token)));
    expect(responses.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    expect(performance.now() - since).toBeLessThan(8_000);
  });

  test('an issuer that is down is 503 for a new token, and no answer for a known one', async () => {
    const { get } = await start();
    const [known, unknown] = [await opaque(), await opaque()];
    await get(known);
    await issuer.stop();
    try {
      expect((await get(known)).status).toBe(200);
      expect((await get(unknown)).status).toBe(503);
    } finally {
      await issuer.start();
    }
    expect((await get(unknown)).status).toBe(200);
  });

  test('an API that the issuer does not know is 503: no token of a caller is at fault', async () => {
    const { get } = await start(introspection({ clientSecret: 'wrong' }));
    expect((await get(await opaque())).status).toBe(503);
  });

  test('a bound one is good with its proof, and with it alone', async () => {
    const client = await DpopClient.at(issuer, {
      audience: AUDIENCE,
      scope: 'books.read',
      format: 'opaque',
    });
    const { app, get } = await start(introspection(), { dpop: { baseUrl: AUDIENCE } });
    const headers = await client.headers(`${AUDIENCE}/books`);
    expect((await fetch(`${app.url}/books`, { headers })).status).toBe(200);
    expect((await fetch(`${app.url}/books`, { headers })).status).toBe(401);
    expect((await get(client.token)).status).toBe(401);
    const plain = await opaque();
    const dpop = await generateProof(client.keys, `${AUDIENCE}/books`, 'GET', undefined, plain);
    const unbound = { authorization: `DPoP ${plain}`, dpop };
    expect((await fetch(`${app.url}/books`, { headers: unbound })).status).toBe(401);
  });

  test('made-up tokens leave proofs their room in a store of both', async () => {
    const store = new MemoryStore(50);
    const request = { audience: AUDIENCE, scope: 'books.read' };
    const client = await DpopClient.at(issuer, request);
    const verifier = anyOf(
      new JwtTokenVerifier({ issuer: issuer.url, audience: AUDIENCE }),
      introspection({ cache: { store } }),
    );
    const { app, get } = await start(verifier, { dpop: { baseUrl: AUDIENCE, store } });
    await Promise.all(Array.from({ length: 80 }, (_, i) => get(`made-up-${i}`)));
    const headers = await client.headers(`${AUDIENCE}/books`);
    expect((await fetch(`${app.url}/books`, { headers })).status).toBe(200);
  });

  test('anyOf() takes JWTs and opaque tokens, and asks about no JWT of its issuer', async () => {
    const jwt = new JwtTokenVerifier({ issuer: issuer.url, audience: AUDIENCE });
    const { get } = await start(anyOf(jwt, introspection()));
    const [signed, plain] = [
      await issuer.token({ audience: AUDIENCE, scope: 'books.read' }),
      await opaque(),
    ];
    const before = asked();
    expect((await get(signed)).status).toBe(200);
    expect((await get(`${signed.slice(0, -4)}AAAA`)).status).toBe(401);
    expect(asked()).toBe(before);
    expect((await get(plain)).status).toBe(200);
    expect((await get('made-up')).status).toBe(401);
    expect((await get('a.b.c')).status).toBe(401);
    expect(asked() - before).toBe(3);
  });
});

function startOn(platform: PlatformName, verifier: TokenVerifier, more: object) {
  return startApp(platform, {
    imports: [ErrorsModule.forRoot({ bearer: { verifier, global: true, ...more } })],
    controllers: [BooksController],
  });
}
