import { Controller, Get } from '@nestjs/common';
import { ErrorsModule, parseChallenges, Token, type VerifiedToken } from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { errorAnswer } from '../../support/answers.js';
import { type Issuer, startIssuer } from '../../support/issuer.js';
import {
  claimsOf,
  issuerOf,
  type IssuerShape,
  issuerShapes,
  type TokenShape,
} from '../../support/issuer.shapes.js';
import { platforms, type RunningApp, startApp } from '../../support/platforms.js';
import { WarningLogger } from '../../support/warning.logger.js';

@Controller('books')
class BooksController {
  @Get()
  list(@Token() token: VerifiedToken) {
    return { scopes: token.scopes, client: token.clientId ?? null };
  }
}

/** Scopes and client that the application sees of each issuer's first token. */
const seen: Readonly<Record<string, { scopes: string[]; client: string | null }>> = {
  'Entra ID 2': {
    scopes: ['books.read', 'books.write'],
    client: 'cccccccc-bbbb-4ccc-8ddd-eeeeeeeeeeee',
  },
  'Entra ID 1': { scopes: ['books.read'], client: 'cccccccc-bbbb-4ccc-8ddd-eeeeeeeeeeee' },
  Auth0: { scopes: ['openid', 'books.read', 'books.delete'], client: 'spa' },
  Okta: { scopes: ['openid', 'books.read', 'books.write', 'books.delete'], client: 'spa' },
  Keycloak: { scopes: ['openid', 'books.read', 'realm:librarian', 'role:lend'], client: 'spa' },
  Cognito: { scopes: ['books/read', 'group:staff'], client: '1example23456789' },
  Firebase: { scopes: ['role:librarian'], client: null },
  Clerk: {
    scopes: ['role:admin', 'books:manage', 'books:read', 'loans:read'],
    client: 'https://app.example.com',
  },
  Supabase: { scopes: [], client: null },
  ZITADEL: { scopes: ['role:admin'], client: '160088295403946241@shop' },
  Hydra: { scopes: ['books.read'], client: 'shop' },
  PingOne: { scopes: ['books.read'], client: 'shop' },
  'GitHub Actions': { scopes: [], client: null },
  Kubernetes: { scopes: [], client: null },
  SPIFFE: { scopes: [], client: null },
};

/** A token as the authorization server makes it, whose shape the request names. */
const SHAPE = 'https://shape.example/';
let shaped: TokenShape | undefined;
let issuer: Issuer;

beforeAll(async () => {
  issuer = await startIssuer({
    formats: {
      customizers: {
        jwt: (_ctx, _token, jwt) => {
          // The parameters that oidc-provider itself puts there are the issuer's and the dates
          const { iss, iat, exp } = jwt.payload;
          const { iss: _others, ...claims } = claimsOf(shaped!, String(iss));
          jwt.header = { typ: shaped!.typ };
          jwt.payload = { ...claims, iss, iat, exp };
        },
      },
    },
  });
});
afterAll(() => issuer.close());

/** From oidc-provider; what it issues to nobody, a token without an audience, is signed with its key. */
async function tokenOf(shape: TokenShape): Promise<string> {
  if (shape.claims['aud'] === undefined) {
    const nothing = { sub: undefined, client_id: undefined, jti: undefined };
    const header = { typ: shape.typ };
    return issuer.sign({ ...nothing, ...claimsOf(shape, issuer.url) }, header);
  }
  shaped = shape;
  return issuer.token({ audience: `${SHAPE}api` });
}

/** The preset with the address of the issuer of this test, and the API's name as it is. */
function verifierOf({ options: { jwksUri: _theirs, ...options } }: IssuerShape) {
  return new JwtTokenVerifier({ ...options, issuer: issuer.url });
}

describe.each(platforms)('tokens of the world, on %s', (platform) => {
  describe.each(Object.entries(issuerShapes))('%s', (name, shape) => {
    const logger = new WarningLogger();
    let app: RunningApp;

    beforeAll(async () => {
      const bearer = { realm: 'bookshelf', verifier: verifierOf(shape), global: true };
      const imports = [ErrorsModule.forRoot({ bearer })];
      app = await startApp(platform, { imports, controllers: [BooksController] }, { logger });
    });
    afterAll(() => app.close());

    const send = (token: string) =>
      fetch(`${app.url}/books`, { headers: { authorization: `Bearer ${token}` } });

    test.each(Object.entries(shape.access))('an access token %s passes', async (kind, token) => {
      const response = await send(await tokenOf(token));
      expect(response.status).toBe(200);
      if (kind === Object.keys(shape.access)[0]) {
        expect(await response.json()).toEqual(seen[name]);
      }
    });

    // What another issuer in `iss` refuses is of the matrix of presets
    const ofThisIssuer = Object.entries(shape.wrong).filter(
      ([, { claims }]) => !('iss' in claims) && !('exp' in claims && claims['exp'] === undefined),
    );
    test.each(ofThisIssuer)('%s is invalid_token', async (_, token) => {
      const answer = await errorAnswer(await send(await tokenOf(token)));
      expect(answer).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
      expect(parseChallenges(answer.challenge)).toEqual([
        {
          scheme: 'Bearer',
          params: {
            realm: 'bookshelf',
            error: 'invalid_token',
            error_description: 'The access token is not valid.',
          },
        },
      ]);
    });

    test('each kind of refusal is told once, without token and subject', () => {
      const told = logger.warnings.filter((warning) => warning.startsWith('Tokens are refused: '));
      const patterns = ofThisIssuer.map(([, { told: pattern }]) => pattern);
      expect(told.length).toBeGreaterThan(0);
      expect(told.length).toBeLessThanOrEqual(patterns.length);
      for (const line of told) {
        expect(patterns.some((pattern) => pattern.test(line))).toBe(true);
        expect(line).not.toMatch(/eyJ|ada@|f5e1|165/);
      }
    });
  });
});

test('no preset is forgotten', () => {
  expect(Object.keys(seen)).toEqual(Object.keys(issuerShapes));
  expect(new Set(Object.values(issuerShapes).map(issuerOf)).size).toBe(15);
});
