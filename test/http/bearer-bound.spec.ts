import { hash } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { type AgentOptions, get as httpsGet } from 'node:https';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { Controller, Get } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { anyOf, ErrorsModule, fastifyErrorOptions, parseChallenges } from 'nestjs-api-errors';
import { IntrospectionTokenVerifier } from 'nestjs-api-errors/introspection';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { generateKeyPair, generateProof } from 'dpop';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import type { BearerOptions } from '../../lib/access/bearer.options.js';
import { type SelfSigned, selfSigned } from '../support/certificates.js';
import { requestToken } from '../support/dpop.client.js';
import { CLIENT } from '../support/issuer.provider.js';
import { type Issuer, startIssuer } from '../support/issuer.js';
import { platforms, type PlatformName, type RunningApp, startApp } from '../support/platforms.js';
import { exchange, parseResponses } from '../support/raw-http.js';
import { rootModule } from '../support/root-module.js';

const AUDIENCE = 'https://api.example.com';
/** Where the issuer's own proxy writes the client's certificate. */
const ISSUERS_HEADER = 'x-client-cert';

@Controller('books')
class BooksController {
  @Get()
  list() {
    return {};
  }
}

let issuer: Issuer;
let client: SelfSigned;
let other: SelfSigned;
let server: SelfSigned;

beforeAll(async () => {
  [client, other, server] = ['client', 'other', 'localhost'].map(selfSigned) as [
    SelfSigned,
    SelfSigned,
    SelfSigned,
  ];
  issuer = await startIssuer({
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
      },
      {
        client_id: 'bound',
        client_secret: 'bound-secret',
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
        tls_client_certificate_bound_access_tokens: true,
      },
    ],
    features: {
      mTLS: {
        enabled: true,
        certificateBoundAccessTokens: true,
        getCertificate: (ctx) => decodeURIComponent(ctx.get(ISSUERS_HEADER)),
      },
    },
  });
});
afterAll(() => issuer.close());

/** A token that the issuer bound to a certificate. */
async function boundToken(format: 'jwt' | 'opaque', { cert } = client): Promise<string> {
  return requestToken(issuer, {
    audience: AUDIENCE,
    format,
    headers: {
      authorization: `Basic ${btoa('bound:bound-secret')}`,
      [ISSUERS_HEADER]: encodeURIComponent(cert),
    },
  });
}

const signed = (claims: object) =>
  issuer.sign({
    iss: issuer.url,
    aud: AUDIENCE,
    exp: Math.floor(Date.now() / 1000) + 600,
    ...claims,
  });

function moduleWith(bearer: BearerOptions) {
  const verifier = anyOf(
    new JwtTokenVerifier({ issuer: issuer.url, audience: AUDIENCE }),
    new IntrospectionTokenVerifier({
      issuer: issuer.url,
      audience: AUDIENCE,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
    }),
  );
  return {
    imports: [ErrorsModule.forRoot({ bearer: { verifier, global: true, ...bearer } })],
    controllers: [BooksController],
  };
}

/** Asks for a certificate, and takes whichever comes, as RFC 8705 §2.2 has it. */
const tls = () => ({
  key: server.key,
  cert: server.cert,
  requestCert: true,
  rejectUnauthorized: false,
});

async function startTls(platform: PlatformName, bearer: BearerOptions, http2 = false) {
  const fastify = { ...fastifyErrorOptions(), https: tls(), ...(http2 && { http2: true }) };
  const adapter =
    platform === 'express' ? new ExpressAdapter() : new FastifyAdapter(fastify as never);
  const options = { logger: false as const, abortOnError: false, httpsOptions: tls() };
  const app = await NestFactory.create(rootModule(moduleWith(bearer)), adapter, options);
  await app.listen(0, '127.0.0.1');
  const { port } = new URL(await app.getUrl());
  return { app, port: Number(port), close: () => app.close() };
}

/** What a request over TLS is answered with, from a client with that certificate. */
async function call(
  port: number,
  authorization: string,
  identity: Partial<SelfSigned> = {},
  more: AgentOptions & { headers?: Record<string, string> } = {},
) {
  const { cert, key } = identity;
  const headers = { authorization, ...more.headers };
  const request = httpsGet(`https://127.0.0.1:${port}/books`, {
    ...more,
    ...(cert && { cert, key }),
    headers,
    agent: false,
    rejectUnauthorized: false,
  });
  const [response] = await once(request, 'response');
  response.resume();
  const challenges = parseChallenges(response.headers['www-authenticate'] ?? null);
  return { status: response.statusCode, errors: challenges.map(({ params }) => params['error']) };
}

const GOOD = { status: 200, errors: [] };
const REFUSED = { status: 401, errors: ['invalid_token'] };

describe.each(platforms)('certificate-bound tokens over TLS on %s', (platform) => {
  let app: Awaited<ReturnType<typeof startTls>>;
  beforeAll(async () => {
    app = await startTls(platform, { mutualTls: true });
  });
  afterAll(() => app.close());

  test.each(['jwt', 'opaque'] as const)(
    'a %s is good with its certificate alone',
    async (format) => {
      const bearer = `Bearer ${await boundToken(format)}`;
      expect(await call(app.port, bearer, client)).toEqual(GOOD);
      expect(await call(app.port, bearer, other)).toEqual(REFUSED);
      expect(await call(app.port, bearer)).toEqual(REFUSED);
      const headers = { 'client-cert': `:${client.raw.toString('base64')}:` };
      expect(await call(app.port, bearer, {}, { headers })).toEqual(REFUSED);
    },
  );

  test('one that is bound to nothing is good with any certificate and without', async () => {
    const bearer = `Bearer ${await issuer.token({ audience: AUDIENCE })}`;
    expect(await call(app.port, bearer, client)).toEqual(GOOD);
    expect(await call(app.port, bearer)).toEqual(GOOD);
  });

  test('a resumed session has the certificate that it began with', async () => {
    const bearer = `Bearer ${await boundToken('jwt')}`;
    const session = await sessionOf(app.port, client);
    expect(await call(app.port, bearer, {}, { session })).toEqual(GOOD);
    const others = await sessionOf(app.port, other);
    expect(await call(app.port, bearer, {}, { session: others })).toEqual(REFUSED);
  });

  test.each<[string, unknown]>([
    ['a number', 7],
    ['no text', null],
    ['a list', () => [hash('sha256', client.raw, 'base64url')]],
    ['its hash in hex', () => hash('sha256', client.raw, 'hex')],
  ])('a thumbprint that is %s fits no certificate', async (_, thumbprint) => {
    const value: unknown = typeof thumbprint === 'function' ? thumbprint() : thumbprint;
    const bearer = `Bearer ${await signed({ cnf: { 'x5t#S256': value } })}`;
    expect(await call(app.port, bearer, client)).toEqual(REFUSED);
  });
});

test('HTTP/2 on fastify: the certificate is that of the session', async () => {
  const app = await startTls('fastify', { mutualTls: true }, true);
  const authorization = `Bearer ${await boundToken('jwt')}`;
  const statusWith = async ({ cert, key }: SelfSigned) => {
    const session = connectHttp2(`https://127.0.0.1:${app.port}`, {
      cert,
      key,
      rejectUnauthorized: false,
    });
    const stream = session.request({ ':path': '/books', authorization });
    const [headers] = await once(stream, 'response');
    session.destroy();
    return headers[':status'];
  };
  expect([await statusWith(client), await statusWith(other)]).toEqual([200, 401]);
  await app.close();
});

describe.each(platforms)('certificates that a proxy hands on, on %s', (platform) => {
  let app: RunningApp;
  beforeAll(async () => {
    const mutualTls = { header: 'Client-Cert', proxies: ['127.0.0.0/8', '::1'] };
    app = await startApp(platform, moduleWith({ mutualTls }));
  });
  afterAll(() => app.close());

  const get = async (lines: readonly string[], { port } = app) => {
    const authorization = `Authorization: Bearer ${await boundToken('jwt')}`;
    const head = ['GET /books HTTP/1.1', 'Host: x', 'Connection: close', authorization, ...lines];
    const { text } = await exchange(port, `${head.join('\r\n')}\r\n\r\n`);
    return parseResponses(text)[0]!.status;
  };

  test.each<[string, () => string]>([
    ['RFC 9440', () => `:${client.raw.toString('base64')}:`],
    ['PEM, percent-encoded', () => encodeURIComponent(client.cert)],
    ['PEM, percent-encoded but for + / =', () => encodeURI(client.cert)],
    ['DER in base64', () => client.raw.toString('base64')],
  ])('in the form of %s it is that of the client', async (_, value) => {
    expect(await get([`Client-Cert: ${value()}`])).toBe(200);
  });

  test.each<[string, () => string[]]>([
    ['is not there', () => []],
    ['is empty', () => ['Client-Cert:']],
    ['is that of another', () => [`Client-Cert: :${other.raw.toString('base64')}:`]],
    [
      'is there twice',
      () => [client, client].map(({ cert }) => `Client-Cert: ${encodeURIComponent(cert)}`),
    ],
    [
      'is a list',
      () => [
        `Client-Cert: ${[client, other].map(({ raw }) => `:${raw.toString('base64')}:`).join(', ')}`,
      ],
    ],
    ['is two in one', () => [`Client-Cert: ${encodeURIComponent(client.cert + other.cert)}`]],
    ['is no certificate', () => ['Client-Cert: certificate']],
    ['is escaped wrongly', () => ['Client-Cert: %E0%A4%A']],
    ['is in another header', () => [`X-Client-Cert: :${client.raw.toString('base64')}:`]],
  ])('a header that %s is refused', async (_, lines) => {
    expect(await get(lines())).toBe(401);
  });

  test('from another address it is not believed', async () => {
    const mutualTls = { header: 'client-cert', proxies: ['10.0.0.0/8'] };
    const apart = await startApp(platform, moduleWith({ mutualTls }));
    expect(await get([`Client-Cert: :${client.raw.toString('base64')}:`], apart)).toBe(401);
    await apart.close();
  });
});

describe.each(platforms)('what a token is bound to and nobody verifies, on %s', (platform) => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp(platform, moduleWith({ dpop: { baseUrl: AUDIENCE } }));
  });
  afterAll(() => app.close());

  const get = (headers: Record<string, string>) => fetch(`${app.url}/books`, { headers });

  test.each<[string, unknown]>([
    ['a certificate', { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' }],
    ['a key in full', { jwk: { kty: 'EC' } }],
    ['a key id', { kid: 'key' }],
    ['something new', { new: 'binding' }],
    ['nothing that is said', {}],
    ['a text', 'bound'],
    ['an array', [{ jkt: 'key' }]],
    ['null', null],
    ['a number', 7],
  ])('refuses it: %s', async (_, cnf) => {
    const token = await signed({ cnf });
    const response = await get({ authorization: `Bearer ${token}` });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  test.each(['jwt', 'opaque'] as const)('refuses a %s that its issuer bound', async (format) => {
    const token = await boundToken(format);
    expect((await get({ authorization: `Bearer ${token}` })).status).toBe(401);
  });

  test('refuses it with a good proof for another of its bindings, too', async () => {
    const keys = await generateKeyPair('ES256');
    const jkt = await calculateJwkThumbprint(await exportJWK(keys.publicKey));
    const statusOf = async (cnf: object) => {
      const token = await signed({ cnf });
      const dpop = await generateProof(keys, `${AUDIENCE}/books`, 'GET', undefined, token);
      return (await get({ authorization: `DPoP ${token}`, dpop })).status;
    };
    expect(await statusOf({ jkt })).toBe(200);
    expect(await statusOf({ jkt, 'x5t#S256': 'x' })).toBe(401);
    expect(await statusOf({ jkt, new: 'binding' })).toBe(401);
  });
});

/** A session of TLS with a client's certificate, to go on with. */
async function sessionOf(port: number, { cert, key }: SelfSigned): Promise<Buffer> {
  const socket: TLSSocket = connectTls({
    port,
    host: '127.0.0.1',
    cert,
    key,
    rejectUnauthorized: false,
  });
  const [session] = (await once(socket, 'session')) as [Buffer];
  socket.destroy();
  return session;
}
