import { generateKeyPairSync, sign } from 'node:crypto';
import { Controller, Get, Post } from '@nestjs/common';
import { jest } from '@jest/globals';
import { calculateThumbprint, generateKeyPair, generateProof } from 'dpop';
import { exportJWK, SignJWT } from 'jose';
import {
  ErrorsModule,
  MemoryStore,
  OptionalToken,
  parseChallenges,
  RequireScopes,
  Token,
  type VerifiedToken,
} from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import * as oauth from 'oauth4webapi';
import type { BearerOptions } from '../../lib/access/bearer.options.js';
import { errorAnswer } from '../support/answers.js';
import { DpopClient } from '../support/dpop.client.js';
import { freePort } from '../support/free-port.js';
import { type Issuer, startIssuer } from '../support/issuer.js';
import { platforms, type PlatformName, type RunningApp, startApp } from '../support/platforms.js';
import { exchange, parseResponses } from '../support/raw-http.js';

const AUDIENCE = 'https://api.example.com';
/** What callers write; nothing of the test listens there. */
const BASE = 'https://api.example.com';

@Controller('books')
class BooksController {
  @Get()
  @RequireScopes('books.read')
  list(@Token() token: VerifiedToken) {
    return { client: token.clientId };
  }

  @Get('a~b')
  odd() {
    return { ok: true };
  }

  @Post()
  @RequireScopes('books.write')
  add() {
    return {};
  }

  @Get('maybe')
  @OptionalToken()
  maybe(@Token() token?: VerifiedToken) {
    return { client: token?.clientId ?? null };
  }
}

let issuer: Issuer;
let client: DpopClient;

beforeAll(async () => {
  issuer = await startIssuer();
  client = await DpopClient.at(issuer, { audience: AUDIENCE, scope: 'books.read' });
});
afterAll(() => issuer.close());

function start(platform: PlatformName, bearer: BearerOptions = {}): Promise<RunningApp> {
  const verifier = new JwtTokenVerifier({ issuer: issuer.url, audience: AUDIENCE });
  return startApp(platform, {
    imports: [
      ErrorsModule.forRoot({
        bearer: { verifier, global: true, dpop: { baseUrl: BASE }, ...bearer },
      }),
    ],
    controllers: [BooksController],
  });
}

const challengesOf = (response: Response) =>
  parseChallenges(response.headers.get('www-authenticate')).map(({ scheme, params }) => ({
    scheme,
    error: params['error'],
  }));

const ES256 = { alg: 'ES256', typ: 'dpop+jwt' };

/** A proof that no client would make, signed with the client's key. */
async function oddProof(header: object = {}, claims: object = {}): Promise<string> {
  const jwk = await exportJWK(client.keys.publicKey);
  const { payload } = parse(await client.proof(`${BASE}/books`));
  return new SignJWT({ ...payload, ...claims })
    .setProtectedHeader({ ...ES256, jwk, ...header })
    .sign(client.keys.privateKey);
}

function parse(jwt: string) {
  const [header = '', payload = ''] = jwt.split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
  return { header: read(header), payload: read(payload) };
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The same bytes for a lenient reader: of the last character, four bits are beyond the last byte. */
function respelled(proof: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return proof.slice(0, -1) + alphabet[alphabet.indexOf(proof.at(-1)!) + 1];
}

const seconds = () => Math.floor(Date.now() / 1000);

describe.each(platforms)('DPoP on %s', (platform) => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await start(platform);
  });
  afterAll(() => app.close());

  const get = async (headers: Record<string, string>, path = '/books') =>
    fetch(`${app.url}${path}`, { headers });
  const withProof = async (proof: string) => get(await client.headers('', proof));

  test('a token with a proof of its key is good', async () => {
    const response = await get(await client.headers(`${BASE}/books`));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ client: 'bookshelf-client' });
    expect(response.headers.get('dpop-nonce')).toBeNull();
  });

  test.each(['ES256', 'Ed25519', 'RS256', 'PS256'] as const)('%s signs proofs', async (alg) => {
    const keys = await generateKeyPair(alg);
    const jkt = await calculateThumbprint(keys.publicKey);
    const token = await issuer.sign({
      iss: issuer.url,
      aud: AUDIENCE,
      exp: seconds() + 60,
      scope: 'books.read',
      cnf: { jkt },
    });
    const dpop = await generateProof(keys, `${BASE}/books`, 'GET', undefined, token);
    expect((await get({ authorization: `DPoP ${token}`, dpop })).status).toBe(200);
  });

  test.each([
    ['the scheme in another case', { authorization: 'dpop' }, '/books', `${BASE}/books`],
    ['a query in the request', {}, '/books?page=2', `${BASE}/books`],
    ['a query and a fragment in htu', {}, '/books', `${BASE}/books?x=1#y`],
    ['host and scheme in another case', {}, '/books', 'HTTPS://API.Example.COM/books'],
    ['the default port', {}, '/books', 'https://api.example.com:443/books'],
    ['dot segments', {}, '/books', `${BASE}/x/../books`],
    ['an escape that needs none', {}, '/books/a~b', `${BASE}/books/a%7eb`],
  ])('%s is no obstacle', async (_, { authorization }: { authorization?: string }, path, htu) => {
    const headers = await client.headers(htu);
    headers['authorization'] = `${authorization ?? 'DPoP'} ${client.token}`;
    expect((await get(headers, path)).status).toBe(200);
  });

  test.each<[string, () => string | Promise<string>, string?]>([
    ['no proof', () => ''],
    ['no JWT', () => 'proof'],
    ['an encrypted one', () => 'a.b.c.d.e'],
    ['20 kB', () => 'x'.repeat(9_000)],
    ['of another typ', () => oddProof({ typ: 'JWT' })],
    ['without typ', () => oddProof({ typ: undefined })],
    ['with crit', () => oddProof({ crit: ['b64'], b64: true })],
    ['of another method', () => client.proof(`${BASE}/books`, 'POST')],
    ['of a method in another case', () => client.proof(`${BASE}/books`, 'get')],
    ['of another path', () => client.proof(`${BASE}/members`)],
    ['of another host', () => client.proof('https://evil.example.com/books')],
    ['of http', () => client.proof('http://api.example.com/books')],
    ['of the host that the server listens on', () => client.proof(`${app.url}/books`)],
    ['of a URL with a user', () => client.proof('https://api.example.com@api.example.com/books')],
    ['of a URL with a backslash', () => client.proof('https://api.example.com\\books')],
    ['of a path escaped', () => client.proof(`${BASE}/%2Fbooks`)],
    ['of no URL', () => oddProof({}, { htu: 7 })],
    ['of no method', () => oddProof({}, { htm: undefined })],
    ['without ath', () => oddProof({}, { ath: undefined })],
    [
      'of another token',
      () => generateProof(client.keys, `${BASE}/books`, 'GET', undefined, 'another'),
    ],
    ['without jti', () => oddProof({}, { jti: undefined })],
    ['with an empty jti', () => oddProof({}, { jti: '' })],
    ['with a jti of 2 kB', () => oddProof({}, { jti: 'x'.repeat(2_000) })],
    ['with a jti of an array', () => oddProof({}, { jti: ['x'] })],
    ['without iat', () => oddProof({}, { iat: undefined })],
    ['with an iat of text', () => oddProof({}, { iat: String(seconds()) })],
    ['an hour old', () => oddProof({}, { iat: seconds() - 3_600 })],
    ['72 seconds old', () => oddProof({}, { iat: seconds() - 72 })],
    ['of the future', () => oddProof({}, { iat: seconds() + 60 })],
    ['of no time', () => oddProof({}, { iat: -1e300 })],
    ['signed by nobody', async () => `${(await client.proof(`${BASE}/books`)).slice(0, -4)}AAAA`],
    [
      'signed by the same bytes in another last character',
      async () => respelled(await client.proof(`${BASE}/books`)),
    ],
    ['without a key', () => oddProof({ jwk: undefined })],
    ['with a key of text', () => oddProof({ jwk: 'key' })],
    [
      'with coordinates too short',
      () => oddProof({ jwk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } }),
    ],
    ['with a key of another type', () => oddProof({ jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } })],
    [
      'with a key off the curve',
      () => oddProof({ jwk: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } }),
      'invalid_token',
    ],
    ['symmetric', symmetricProof],
    ['alg none', () => unsignedProof('none')],
    ['with its private key', privateProof],
  ])('a proof %s is refused: %#', async (_, proof, error = 'invalid_dpop_proof') => {
    const text = await proof();
    const headers = await client.headers('', text);
    if (text === '') {
      delete headers['dpop'];
    }
    const response = await get(headers);
    expect(challengesOf(response)).toEqual([
      { scheme: 'Bearer', error: undefined },
      { scheme: 'DPoP', error },
    ]);
    const { status, code, headers: answered } = await errorAnswer(response);
    expect({ status, code }).toEqual({ status: 401, code: 'UNAUTHORIZED' });
    expect(answered.get('www-authenticate')).toContain('algs="');
    expect(answered.get('cache-control')).toBe('no-store');
  });

  test('a proof is good once', async () => {
    const proof = await client.proof(`${BASE}/books`);
    expect((await withProof(proof)).status).toBe(200);
    const again = await withProof(proof);
    expect(challengesOf(again)[1]).toEqual({ scheme: 'DPoP', error: 'invalid_dpop_proof' });
    expect((await errorAnswer(again)).description).toBe('The DPoP proof was used before.');
  });

  test('of a proof sent twenty times at once, one is taken', async () => {
    const proof = await client.proof(`${BASE}/books`);
    const responses = await Promise.all(Array.from({ length: 20 }, () => withProof(proof)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 401)).toHaveLength(19);
  });

  test('what one client used is nothing that another cannot use', async () => {
    const other = await DpopClient.at(issuer, { audience: AUDIENCE, scope: 'books.read' });
    const jti = { jti: `same-${platform}` };
    const [mine, theirs] = await Promise.all([
      client.proof(`${BASE}/books`, 'GET', undefined, jti),
      other.proof(`${BASE}/books`, 'GET', undefined, jti),
    ]);
    expect((await withProof(mine)).status).toBe(200);
    expect((await get(await other.headers('', theirs))).status).toBe(200);
  });

  test('a proof of another key is a token of another', async () => {
    const keys = await generateKeyPair('ES256');
    const proof = await generateProof(keys, `${BASE}/books`, 'GET', undefined, client.token);
    expect(challengesOf(await withProof(proof))).toEqual([
      { scheme: 'Bearer', error: undefined },
      { scheme: 'DPoP', error: 'invalid_token' },
    ]);
  });

  test('two DPoP header lines are refused, also with the same proof', async () => {
    const proof = await client.proof(`${BASE}/books`);
    const { text } = await exchange(
      app.port,
      `GET /books HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: DPoP ${client.token}\r\n` +
        `DPoP: ${proof}\r\nDPoP: ${proof}\r\n\r\n`,
    );
    const [response] = parseResponses(text);
    expect(response!.status).toBe(401);
    expect(text).toContain('error="invalid_dpop_proof"');
    // Refused before it was used
    expect((await withProof(proof)).status).toBe(200);
  });

  test('each scheme has a header line of its own, Bearer first', async () => {
    const { text } = await exchange(
      app.port,
      'GET /books HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    const lines = text.split('\r\n').filter((line) => /^www-authenticate:/i.test(line));
    expect(lines).toEqual([
      expect.stringMatching(/: Bearer realm="api"$/),
      expect.stringMatching(/: DPoP realm="api", algs="RS256 .*ES256.*"$/),
    ]);
  });

  test('a bound token as Bearer is refused, an unbound one is taken', async () => {
    const refused = await get({ authorization: `Bearer ${client.token}` });
    expect(challengesOf(refused)).toEqual([
      { scheme: 'Bearer', error: 'invalid_token' },
      { scheme: 'DPoP', error: undefined },
    ]);
    const token = await issuer.token({ audience: AUDIENCE, scope: 'books.read' });
    expect((await get({ authorization: `Bearer ${token}` })).status).toBe(200);
  });

  test('an unbound token with a proof is refused', async () => {
    const token = await issuer.token({ audience: AUDIENCE, scope: 'books.read' });
    const dpop = await generateProof(client.keys, `${BASE}/books`, 'GET', undefined, token);
    const response = await get({ authorization: `DPoP ${token}`, dpop });
    expect(challengesOf(response)[1]).toEqual({ scheme: 'DPoP', error: 'invalid_token' });
  });

  test.each([
    ['DPoP', '400', 'invalid_request'],
    ['DPoP a b', '400', 'invalid_request'],
    ['DPoP garbage', '401', 'invalid_token'],
  ])('%s is answered with %s in the scheme that was used', async (authorization, status, error) => {
    const response = await get({ authorization, dpop: await client.proof(`${BASE}/books`) });
    expect(String(response.status)).toBe(status);
    expect(challengesOf(response)).toContainEqual({ scheme: 'DPoP', error });
  });

  test('a missing scope is told in the scheme that was used, and in no other', async () => {
    const response = await fetch(`${app.url}/books`, {
      method: 'POST',
      headers: await client.headers('', await client.proof(`${BASE}/books`, 'POST')),
    });
    expect(response.status).toBe(403);
    expect(parseChallenges(response.headers.get('www-authenticate'))).toMatchObject([
      { scheme: 'DPoP', params: { error: 'insufficient_scope', scope: 'books.write' } },
    ]);
  });

  test('a route with an optional token takes none, a proven one, and no replay', async () => {
    expect(await (await get({}, '/books/maybe')).json()).toEqual({ client: null });
    const headers = await client.headers(`${BASE}/books/maybe`);
    expect((await get(headers, '/books/maybe')).status).toBe(200);
    expect((await get(headers, '/books/maybe')).status).toBe(401);
  });

  test('what forwarding headers say of the URL is not believed', async () => {
    const proof = await client.proof('https://evil.example.com/books');
    const headers = {
      ...(await client.headers('', proof)),
      forwarded: 'proto=https;host=evil.example.com',
      'x-forwarded-host': 'evil.example.com',
      'x-forwarded-proto': 'https',
    };
    expect((await get(headers)).status).toBe(401);
  });

  async function symmetricProof() {
    const { payload } = parse(await client.proof(`${BASE}/books`));
    const key = Buffer.alloc(32, 1);
    return new SignJWT({ ...payload })
      .setProtectedHeader({
        alg: 'HS256',
        typ: 'dpop+jwt',
        jwk: { kty: 'oct', k: key.toString('base64url') } as never,
      })
      .sign(key);
  }

  async function unsignedProof(alg: string) {
    const { header, payload } = parse(await client.proof(`${BASE}/books`));
    return `${encode({ ...header, alg })}.${encode(payload)}.AA`;
  }

  async function privateProof() {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { payload } = parse(await client.proof(`${BASE}/books`));
    const header = { ...ES256, jwk: privateKey.export({ format: 'jwk' }) };
    const input = `${encode(header)}.${encode(payload)}`;
    const signature = sign('sha256', Buffer.from(input), {
      key: privateKey,
      dsaEncoding: 'ieee-p1363',
    });
    return `${input}.${signature.toString('base64url')}`;
  }
});

describe.each(platforms)('DPoP with little room for proofs, on %s', (platform) => {
  test('one client fills its share, and no other is refused', async () => {
    const store = new MemoryStore(20);
    const app = await start(platform, { dpop: { baseUrl: BASE, store } });
    const other = await DpopClient.at(issuer, { audience: AUDIENCE, scope: 'books.read' });
    const statusOf = async (from: DpopClient) => {
      const headers = await from.headers(`${BASE}/books`);
      return (await fetch(`${app.url}/books`, { headers })).status;
    };
    const greedy = await Promise.all(Array.from({ length: 30 }, () => statusOf(client)));
    expect(greedy.filter((status) => status === 200)).toHaveLength(10);
    expect(greedy.filter((status) => status === 503)).toHaveLength(20);
    expect(await statusOf(other)).toBe(200);
    await app.close();
  });
});

describe.each(platforms)('DPoP required on %s', (platform) => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await start(platform, { dpop: 'required', resource: BASE, formToken: true });
  });
  afterAll(() => app.close());

  test('takes proven tokens', async () => {
    const headers = await client.headers(`${BASE}/books`);
    expect((await fetch(`${app.url}/books`, { headers })).status).toBe(200);
  });

  test.each([
    ['a Bearer token', async () => `Bearer ${await issuer.token({ audience: AUDIENCE })}`],
    ['a bound one as Bearer', async () => `Bearer ${client.token}`],
    ['nothing', async () => undefined],
  ])('%s is answered as if nothing was sent, with DPoP alone', async (_, credentials) => {
    const authorization = await credentials();
    const headers: HeadersInit = authorization === undefined ? {} : { authorization };
    const response = await fetch(`${app.url}/books`, { headers });
    expect(response.status).toBe(401);
    expect(challengesOf(response)).toEqual([{ scheme: 'DPoP', error: undefined }]);
  });

  test('a token in a form is none', async () => {
    const response = await fetch(`${app.url}/books`, {
      method: 'POST',
      body: new URLSearchParams({ access_token: client.token }),
    });
    expect(response.status).toBe(401);
    expect(challengesOf(response)).toEqual([{ scheme: 'DPoP', error: undefined }]);
  });
});

describe.each(platforms)('DPoP with nonces on %s', (platform) => {
  let app: RunningApp;
  let base: string;
  beforeAll(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    const verifier = new JwtTokenVerifier({ issuer: issuer.url, audience: AUDIENCE });
    app = await startApp(
      platform,
      {
        imports: [
          ErrorsModule.forRoot({
            bearer: { verifier, global: true, dpop: { nonce: true }, resource: base },
          }),
        ],
        controllers: [BooksController],
      },
      { port, setUp: (nest) => nest.enableCors() },
    );
  });
  afterAll(() => app.close());

  test.each([
    ['no nonce', undefined],
    ['a wrong one', 'wrong'],
  ])('%s is answered with one to use, readable by browsers', async (_, nonce) => {
    const proof = await client.proof(`${base}/books`, 'GET', nonce);
    const response = await fetch(`${base}/books`, {
      headers: { ...(await client.headers('', proof)), origin: 'https://app.example.com' },
    });
    expect(response.status).toBe(401);
    expect(challengesOf(response)[1]).toEqual({ scheme: 'DPoP', error: 'use_dpop_nonce' });
    expect(response.headers.get('access-control-expose-headers')).toContain('DPoP-Nonce');
    const given = response.headers.get('dpop-nonce')!;
    const again = await client.proof(`${base}/books`, 'GET', given);
    const headers = await client.headers('', again);
    expect((await fetch(`${base}/books`, { headers })).status).toBe(200);
    expect((await fetch(`${base}/books`, { headers })).status).toBe(401);
  });

  test('a client of oauth4webapi finds its way without special code', async () => {
    const handle = oauth.DPoP({}, client.keys);
    const call = () =>
      oauth.protectedResourceRequest(
        client.token,
        'GET',
        new URL(`${base}/books`),
        undefined,
        null,
        { DPoP: handle, [oauth.allowInsecureRequests]: true },
      );
    const first = await call().catch((error: unknown) => error);
    expect(oauth.isDPoPNonceError(first)).toBe(true);
    expect((await call()).status).toBe(200);
    expect((await call()).status).toBe(200);
  });

  test('a nonce is good for some minutes, and the next one comes with an answer', async () => {
    const nonceOf = async () => {
      const headers = await client.headers(`${base}/books`);
      return (await fetch(`${base}/books`, { headers })).headers.get('dpop-nonce')!;
    };
    const use = async (nonce: string) => {
      const iat = Math.floor(Date.now() / 1000);
      const proof = await client.proof(`${base}/books`, 'GET', nonce, { iat });
      return fetch(`${base}/books`, { headers: await client.headers('', proof) });
    };
    const now = Date.now.bind(Date);
    const nonce = await nonceOf();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 150_000);
    const renewed = await use(nonce);
    expect(renewed.status).toBe(200);
    const next = renewed.headers.get('dpop-nonce')!;
    expect(next).not.toBe(nonce);
    expect(renewed.headers.get('cache-control')).toBe('no-store');
    expect((await use(next)).headers.get('dpop-nonce')).toBeNull();
    clock.mockImplementation(() => now() + 300_000);
    expect((await use(nonce)).status).toBe(401);
    clock.mockRestore();
  });
});
