import { request as httpRequest } from 'node:http';
import {
  Body,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
  Options,
  Post,
  Req,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import {
  type AuthenticatedRequest,
  Authorize,
  BearerGuard,
  ErrorsModule,
  OptionalToken,
  Public,
  RequireAnyScope,
  RequireScopes,
  Token,
  type TokenVerifier,
  type VerifiedToken,
  verifiedToken,
} from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { errorAnswer } from '../../support/answers.js';
import { type Issuer, startIssuer } from '../../support/issuer.js';
import { platforms, type RunningApp, startApp } from '../../support/platforms.js';
import { exchange, parseResponses } from '../../support/raw-http.js';
import { readChallenges } from './challenge-reader.js';

const audience = 'https://api.example';
const seenByGuard: unknown[] = [];

/** A guard of the application's own, which relies on the token that came before it. */
@Injectable()
class TenantGuard implements CanActivate {
  canActivate(context: ExecutionContext) {
    seenByGuard.push(context.switchToHttp().getRequest<AuthenticatedRequest>().auth?.subject);
    return true;
  }
}

@Controller()
class GuardedController {
  @Get('any') any(@Token() token: VerifiedToken) {
    return { subject: token.subject, scopes: token.scopes, client: token.clientId };
  }
  @Post('any') post(@Body() body: object) {
    return body;
  }
  @Public() @Get('public') public(@Token() token?: VerifiedToken) {
    return { token: token ?? null };
  }
  @OptionalToken() @Get('optional') optional(@Token() token?: VerifiedToken) {
    return { subject: token?.subject ?? null };
  }
  @Options('any') options() {
    return {};
  }
  @RequireScopes('books.read') @Get('read') read() {
    return {};
  }
  @RequireScopes('books.write', 'books.read') @Get('write') write() {
    return {};
  }
  @RequireAnyScope('admin', 'books.read') @Get('any-scope') anyScope() {
    return {};
  }
  @RequireAnyScope('admin', 'root') @Get('no-scope') noScope() {
    return {};
  }
  @Authorize((token) => token.clientId === 'nobody') @Get('refused') refused() {
    return {};
  }
  @Authorize(async (token) => token.scopes.includes('books.read')) @Get('authorized') authorized() {
    return {};
  }
  @Authorize(() => {
    throw new Error('SECRET');
  })
  @Get('broken-predicate')
  broken() {
    return {};
  }
  @Get('request') request(@Req() request: AuthenticatedRequest) {
    return { scopes: request.auth?.scopes };
  }
}

@RequireScopes('books.read')
@Controller('both')
class BothController {
  @RequireScopes('books.delete') @Get() both() {
    return {};
  }
  @Public() @Get('open') open() {
    return {};
  }
}

const invalidRequest = /^Bearer realm="bookshelf", error="invalid_request"/;
const bare = 'Bearer realm="bookshelf"';

/** Header lines, status, code and challenge; `TOKEN` stands for a good token. */
const credentials: [string, string[], number, string | undefined, string | RegExp | null][] = [
  ['nothing', [], 401, 'UNAUTHORIZED', bare],
  ['a good token', ['Authorization: Bearer TOKEN'], 200, undefined, null],
  ['a scheme in lower case', ['Authorization: bearer TOKEN'], 200, undefined, null],
  ['a scheme in capitals and more spaces', ['Authorization: BEARER   TOKEN'], 200, undefined, null],
  ['an empty header', ['Authorization:'], 401, 'UNAUTHORIZED', bare],
  ['another scheme', ['Authorization: Basic dXNlcjpwYXNz'], 401, 'UNAUTHORIZED', bare],
  ['a scheme that begins like it', ['Authorization: Bearertoken TOKEN'], 401, 'UNAUTHORIZED', bare],
  ['no token', ['Authorization: Bearer'], 400, 'BAD_REQUEST', invalidRequest],
  ['no token but a space', ['Authorization: Bearer '], 400, 'BAD_REQUEST', invalidRequest],
  ['two tokens', ['Authorization: Bearer TOKEN TOKEN'], 400, 'BAD_REQUEST', invalidRequest],
  ['a tab', ['Authorization: Bearer\tTOKEN'], 400, 'BAD_REQUEST', invalidRequest],
  [
    'characters that no token has',
    ['Authorization: Bearer a,b'],
    400,
    'BAD_REQUEST',
    invalidRequest,
  ],
  ['a quoted token', ['Authorization: Bearer "TOKEN"'], 400, 'BAD_REQUEST', invalidRequest],
  [
    'two header lines',
    ['Authorization: Bearer TOKEN', 'Authorization: Bearer TOKEN'],
    400,
    'BAD_REQUEST',
    invalidRequest,
  ],
  [
    'two lines of other schemes',
    ['authorization: Basic x', 'AUTHORIZATION: Bearer TOKEN'],
    400,
    'BAD_REQUEST',
    invalidRequest,
  ],
  [
    'a token that is no JWT',
    ['Authorization: Bearer abc'],
    401,
    'UNAUTHORIZED',
    /error="invalid_token"/,
  ],
  [
    'a token with a changed signature',
    ['Authorization: Bearer TOKENx'],
    401,
    'UNAUTHORIZED',
    /error="invalid_token"/,
  ],
];

const scopes: [string, number, string | undefined, string | null][] = [
  ['read', 200, undefined, null],
  ['write', 403, 'FORBIDDEN', 'books.write books.read'],
  ['any-scope', 200, undefined, null],
  ['no-scope', 403, 'FORBIDDEN', 'admin root'],
  ['both', 403, 'FORBIDDEN', 'books.read books.delete'],
  ['refused', 403, 'FORBIDDEN', null],
  ['authorized', 200, undefined, null],
  ['broken-predicate', 500, 'INTERNAL_SERVER_ERROR', null],
];

const encode = (text: string) => Buffer.from(text).toString('base64url');

async function expired(): Promise<string> {
  const token = await issuer.token({ audience, ttl: 1 });
  await new Promise((resolve) => setTimeout(resolve, 2100));
  return token;
}

let issuer: Issuer;
let good: string;

beforeAll(async () => {
  issuer = await startIssuer();
  good = await issuer.token({ audience, scope: 'books.read' });
});
afterAll(() => issuer.close());

describe.each(platforms)('Bearer credentials, on %s', (platform) => {
  let running: RunningApp;
  const verifier = () => new JwtTokenVerifier({ issuer: issuer.url, audience });

  beforeAll(async () => {
    running = await startApp(
      platform,
      {
        imports: [
          ErrorsModule.forRoot({
            bearer: { realm: 'bookshelf', verifier: verifier(), global: true },
          }),
        ],
        controllers: [GuardedController, BothController],
        providers: [{ provide: APP_GUARD, useClass: TenantGuard }],
      },
      { setUp: (app) => app.enableCors({ origin: 'https://app.example' }) },
    );
  });
  afterAll(() => running.close());

  const send = (path: string, init: Omit<RequestInit, 'headers'> = {}, token = good) =>
    fetch(`${running.url}/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}` },
    });

  it.each(credentials)('%s', async (_what, lines, status, code, challenge) => {
    const head = lines.map((line) => `${line.replaceAll('TOKEN', good)}\r\n`).join('');
    const { text } = await exchange(
      running.port,
      `GET /any HTTP/1.1\r\nHost: x\r\n${head}Connection: close\r\n\r\n`,
    );
    const [response] = parseResponses(text);
    expect(response!.status).toBe(status);
    const header = response!.headers['www-authenticate'];
    if (challenge === null) {
      expect(header).toBeUndefined();
      return;
    }
    expect(JSON.parse(response!.body)).toMatchObject({ code });
    expect(header).toMatch(challenge);
    const [read, ...more] = await readChallenges(status, header!);
    expect(more).toEqual([]);
    expect(read).toMatchObject({ scheme: 'bearer', parameters: { realm: 'bookshelf' } });
    expect(header).not.toContain(good);
    expect(response!.body).not.toContain(good);
  });

  it.each(scopes)('GET /%s with books.read is %d', async (path, status, code, needed) => {
    const response = await send(path);
    expect(response.status).toBe(status);
    const header = response.headers.get('www-authenticate');
    if (needed === null) {
      expect(header).toBeNull();
    } else {
      const [challenge] = await readChallenges(status, header!);
      expect(challenge!.parameters).toMatchObject({ error: 'insufficient_scope', scope: needed });
    }
    if (code !== undefined) {
      expect(await response.json()).toMatchObject({ code });
    }
  });

  it.each([
    ['expired', expired, /The access token has expired/],
    [
      'for another audience',
      () => issuer.token({ audience: 'https://other.example' }),
      /not valid/,
    ],
    [
      'of another issuer',
      () => issuer.sign({ aud: audience, iss: 'https://evil.example' }),
      /not valid/,
    ],
  ])('a token %s is refused', async (_what, make, description) => {
    const answer = await errorAnswer(await send('any', {}, await make()));
    expect(answer).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
    const [challenge] = await readChallenges(401, answer.challenge!);
    expect(challenge!.parameters).toMatchObject({
      error: 'invalid_token',
      error_description: expect.stringMatching(description),
    });
  });

  it.each(['RS256', 'ES256'] as const)('a token signed with %s is good', async (alg) => {
    expect((await send('any', {}, await issuer.token({ audience, alg }))).status).toBe(200);
  });

  it.each([
    ['20 kB', 'a'.repeat(20_000).replace(/^(.{100})(.{100})/, '$1.$2.')],
    ['10,000 dots', '.'.repeat(10_000)],
    ['deep JSON', `${encode('{"a":'.repeat(1500) + '1' + '}'.repeat(1500))}.e30.AA`],
    ['algorithm none', `${encode('{"alg":"none","typ":"at+jwt"}')}.${encode('{"iss":"x"}')}.`],
    [
      'line breaks in kid',
      `${encode('{"alg":"RS256","typ":"at+jwt","kid":"a\\r\\nSet-Cookie: x=y"}')}.e30.AA`,
    ],
    ['line breaks in alg', `${encode('{"alg":"RS256\\r\\nX: y","typ":"at+jwt"}')}.e30.AA`],
  ])('a hostile token (%s) is refused, the header clean', async (_what, token) => {
    const { text } = await exchange(
      running.port,
      `GET /any HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    );
    const [response] = parseResponses(text);
    expect([400, 401, 431]).toContain(response!.status);
    expect(text).not.toMatch(/Set-Cookie|X: y/i);
    expect((await send('any')).status).toBe(200);
  });

  it('a token in the query is as none, and with a header too many; the answer names neither', async () => {
    const alone = await errorAnswer(await fetch(`${running.url}/any?access_token=${good}`));
    expect(alone).toMatchObject({ status: 401, challenge: bare });
    const both = await errorAnswer(await send(`any?x=1&access_token=${good}`));
    expect(both).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(both.challenge).toMatch(invalidRequest);
    for (const { description, challenge } of [alone, both]) {
      expect(`${description} ${challenge}`).not.toMatch(/query|form|access_token/i);
    }
  });

  it('a token in a form is as none unless it is switched on, and with a header too many', async () => {
    const body = new URLSearchParams({ access_token: good });
    const alone = await errorAnswer(await fetch(`${running.url}/any`, { method: 'POST', body }));
    expect(alone).toMatchObject({ status: 401, challenge: bare });
    const both = await errorAnswer(await send('any', { method: 'POST', body }));
    expect(both).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(`${both.description} ${both.challenge}`).not.toMatch(/form|access_token/i);
  });

  it('forms that are switched on carry a token, urlencoded and not with GET', async () => {
    const forms = await startApp(platform, {
      imports: [
        ErrorsModule.forRoot({ bearer: { verifier: verifier(), global: true, formToken: true } }),
      ],
      controllers: [GuardedController],
    });
    const post = (body: BodyInit, headers?: Record<string, string>) =>
      fetch(`${forms.url}/any`, { method: 'POST', body, ...(headers && { headers }) });
    expect((await post(new URLSearchParams({ access_token: good }))).status).toBe(201);
    const json = { 'content-type': 'application/json' };
    expect((await post(JSON.stringify({ access_token: good }), json)).status).toBe(401);
    expect(
      (
        await post(
          new URLSearchParams([
            ['access_token', good],
            ['access_token', good],
          ]),
        )
      ).status,
    ).toBe(400);
    expect((await post(new URLSearchParams({ access_token: ` ${good}` }))).status).toBe(400);
    expect((await post(new URLSearchParams({ access_token: '' }))).status).toBe(400);
    await forms.close();
  });

  it('public routes look at no token', async () => {
    for (const token of [good, 'bad', 'a,b']) {
      const response = await send('public', {}, token);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ token: null });
    }
    expect((await fetch(`${running.url}/both/open`)).status).toBe(200);
  });

  it('optional routes take none or a good one, and refuse a bad one', async () => {
    expect(await (await fetch(`${running.url}/optional`)).json()).toEqual({ subject: null });
    expect((await (await send('optional')).json()) as object).toEqual({
      subject: expect.any(String),
    });
    expect(await errorAnswer(await send('optional', {}, 'bad'))).toMatchObject({ status: 401 });
    expect(await errorAnswer(await send('optional', {}, 'a,b'))).toMatchObject({ status: 400 });
  });

  it("the application's own guards find the token on the request", async () => {
    seenByGuard.length = 0;
    expect((await send('request')).status).toBe(200);
    expect(await (await send('request')).json()).toEqual({ scopes: ['books.read'] });
    expect(seenByGuard).toEqual([expect.any(String), expect.any(String)]);
  });

  it('preflights pass, and the challenge is readable by pages', async () => {
    const preflight = await fetch(`${running.url}/any`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(preflight.status).toBe(204);
    const refused = await fetch(`${running.url}/any`, {
      headers: { origin: 'https://app.example' },
    });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });

  it('HEAD is answered like GET, without a body', async () => {
    const response = await fetch(`${running.url}/any`, { method: 'HEAD' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(bare);
    expect(await response.text()).toBe('');
  });

  it('a refused token has one header line', async () => {
    const raw = await new Promise<string[]>((resolve) => {
      httpRequest(`${running.url}/any`, { headers: { authorization: 'Bearer x' } }, (response) => {
        response.resume();
        resolve(response.rawHeaders);
      }).end();
    });
    expect(raw.filter((name) => name.toLowerCase() === 'www-authenticate')).toHaveLength(1);
  });
});

describe.each(platforms)('the guard where it is asked for, on %s', (platform) => {
  it('per controller and per route', async () => {
    @Controller('mixed')
    class MixedController {
      @UseGuards(BearerGuard) @RequireScopes('books.read') @Get('guarded') guarded() {
        return {};
      }
      @Get('open') open() {
        return {};
      }
    }
    const { url, close } = await startApp(platform, {
      imports: [
        ErrorsModule.forRoot({
          bearer: { verifier: new JwtTokenVerifier({ issuer: issuer.url, audience }) },
        }),
      ],
      controllers: [MixedController],
    });
    expect((await fetch(`${url}/mixed/open`)).status).toBe(200);
    expect((await fetch(`${url}/mixed/guarded`)).status).toBe(401);
    const headers = { authorization: `Bearer ${good}` };
    expect((await fetch(`${url}/mixed/guarded`, { headers })).status).toBe(200);
    await close();
  });

  it('a verifier that fails is 500, never 401', async () => {
    @Injectable()
    class BrokenVerifier implements TokenVerifier {
      verify(token: string): VerifiedToken | Promise<VerifiedToken> {
        if (token === 'later') {
          return Promise.reject(new TypeError('SECRET'));
        }
        throw new TypeError('SECRET');
      }
    }
    const { url, close } = await startApp(platform, {
      imports: [ErrorsModule.forRoot({ bearer: { verifier: BrokenVerifier, global: true } })],
      controllers: [GuardedController],
    });
    for (const token of ['now', 'later']) {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await errorAnswer(await fetch(`${url}/any`, { headers }));
      expect(answer).toMatchObject({ status: 500, code: 'INTERNAL_SERVER_ERROR', challenge: null });
    }
    await close();
  });

  it('scopes are read from scope, a string or an array, then from scp', async () => {
    const claims: Record<string, object> = {
      text: { scope: 'books.read books.write' },
      list: { scope: ['books.read'] },
      scp: { scp: ['books.read'] },
      'scp-text': { scp: 'books.read' },
      none: {},
      odd: { scope: 7 },
    };
    const verifier: TokenVerifier = {
      verify: (token) => verifiedToken(claims[token] as Record<string, unknown>),
    };
    const { url, close } = await startApp(platform, {
      imports: [ErrorsModule.forRoot({ bearer: { verifier, global: true } })],
      controllers: [GuardedController],
    });
    const statuses: Record<string, number> = {};
    for (const name of Object.keys(claims)) {
      const headers = { authorization: `Bearer ${name}` };
      statuses[name] = (await fetch(`${url}/read`, { headers })).status;
    }
    expect(statuses).toEqual({
      text: 200,
      list: 200,
      scp: 200,
      'scp-text': 200,
      none: 403,
      odd: 403,
    });
    await close();
  });
});
