import { describe, expect, test } from '@jest/globals';
import {
  auth0,
  clerk,
  cognito,
  entraId,
  firebase,
  githubActions,
  hydra,
  JwtTokenVerifier,
  keycloak,
  kubernetes,
  okta,
  pingOne,
  spiffe,
  supabase,
  zitadel,
} from '../../../../../lib/tokens/jwt/index.js';
import { OTHER_TENANT, TENANT } from '../../../../support/issuer.shapes.js';

const audience = 'https://api.example.com';

describe('a preset is plain data', () => {
  test('of Entra ID', () => {
    expect(entraId({ tenant: TENANT, audience: 'app' })).toEqual({
      issuer: [`https://login.microsoftonline.com/${TENANT}/v2.0`],
      jwksUri: `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`,
      audience: ['app'],
      algorithms: ['RS256'],
      typ: 'JWT',
      required: ['azp', ['scp', 'roles']],
      forbidden: ['nonce', 'at_hash', 'c_hash'],
      claims: { ver: '2.0' },
    });
  });

  test('of Entra ID, for several tenants and for any', () => {
    const several = entraId({ tenant: [TENANT, OTHER_TENANT], audience, version: 1 });
    expect(several).toMatchObject({
      issuer: [`https://sts.windows.net/${TENANT}/`, `https://sts.windows.net/${OTHER_TENANT}/`],
      jwksUri: 'https://login.microsoftonline.com/common/discovery/keys',
    });
    expect(entraId({ tenant: 'common', audience })).toMatchObject({
      issuer: ['https://login.microsoftonline.com/{tid}/v2.0'],
      jwksUri: 'https://login.microsoftonline.com/common/discovery/v2.0/keys',
    });
  });

  test('of Supabase, with signing keys, with the old secret, and with more or fewer users', () => {
    const url = 'https://abc.supabase.co';
    expect(supabase({ url })).toMatchObject({ algorithms: ['ES256', 'RS256'] });
    const old = supabase({ url, secret: 's'.repeat(40), allowAnonymous: true, requireMfa: true });
    expect(old).toEqual({
      issuer: 'https://abc.supabase.co/auth/v1',
      audience: ['authenticated', 'anon'],
      secret: 's'.repeat(40),
      typ: 'JWT',
      required: ['sub', 'session_id', 'aal'],
      claims: { role: ['authenticated', 'anon'], aal: 'aal2' },
    });
  });

  test.each([
    ['firebase', firebase({ projectId: 'p', allowUnverifiedEmail: true }), { claims: undefined }],
    [
      'okta',
      okta({ issuer: 'https://a.example/oauth2/b', audience, clientIds: 'c' }),
      { clientIds: ['c'] },
    ],
    [
      'cognito',
      cognito({ userPoolId: 'eu-west-1_a', clientIds: 'c', audience }),
      { audience: [audience] },
    ],
    ['github', githubActions({ audience, owners: 'o' }), { claims: { repository_owner: ['o'] } }],
    [
      'kubernetes',
      kubernetes({ issuer: 'https://k.example', audience, namespaces: 'n' }),
      { claims: { 'kubernetes.io': { namespace: ['n'] } } },
    ],
    [
      'spiffe',
      spiffe({ issuer: 'https://s.example', audience, ids: 'spiffe://a/b' }),
      { claims: { sub: ['spiffe://a/b'] } },
    ],
  ])('of %s, with other settings', (_, options, expected) => {
    expect(options.issuer).toBeDefined();
    expect({ claims: undefined, ...options }).toMatchObject(expected);
    expect(() => new JwtTokenVerifier(options)).not.toThrow();
  });

  test('of Keycloak, with clients in place of an audience, and in a private network', () => {
    const issuer = 'http://keycloak:8080/realms/shop';
    const options = keycloak({ issuer, clientIds: 'web', audience: 'account' });
    expect(() => new JwtTokenVerifier({ ...options, allowInsecureIssuer: true })).not.toThrow();
    expect(() => new JwtTokenVerifier(options)).toThrow(
      'JwtTokenVerifier: issuer is an https: URL',
    );
  });
});

describe('a wrong setting is named, with the fix', () => {
  test.each<[string, () => unknown]>([
    ['entraId: tenant', () => entraId({ tenant: 'contoso.onmicrosoft.com', audience })],
    ['entraId: tenant', () => entraId({ tenant: [], audience })],
    ['entraId: audience', () => entraId({ tenant: TENANT } as never)],
    ['entraId: version', () => entraId({ tenant: TENANT, audience, version: 3 as never })],
    ['entraId: roles', () => entraId({ tenant: TENANT, audience, roles: 7 as never })],
    ['entraId: foo', () => entraId({ tenant: TENANT, audience, foo: 1 } as never)],
    ['auth0: domain', () => auth0({ domain: 'https://example.auth0.com', audience })],
    ['okta: issuer', () => okta({ issuer: 'https://example.okta.com', audience })],
    ['keycloak: audience', () => keycloak({ issuer: 'https://sso.example/realms/a' })],
    [
      'keycloak: audience',
      () => keycloak({ issuer: 'https://sso.example/realms/a', audience: ['account', 'b'] }),
    ],
    [
      'keycloak: clientRoles.b',
      () => keycloak({ issuer: 'https://sso.example', audience, clientRoles: { b: 7 as never } }),
    ],
    ['cognito: userPoolId', () => cognito({ userPoolId: 'AbC', clientIds: 'c' })],
    ['cognito: clientIds', () => cognito({ userPoolId: 'eu-west-1_AbC' } as never)],
    ['firebase: projectId', () => firebase({ projectId: '' })],
    [
      'clerk: authorizedParties',
      () => clerk({ issuer: 'https://a.example', authorizedParties: 'app.example' }),
    ],
    ['supabase: url', () => supabase({ url: 'https://abc.supabase.co/auth/v1' })],
    ['zitadel: projectId', () => zitadel({ issuer: 'https://a.example' } as never)],
    ['hydra: audience', () => hydra({ issuer: 'https://a.example' } as never)],
    ['pingOne: region', () => pingOne({ environmentId: 'e', audience, region: 'us' as never })],
    ['githubActions: repositories', () => githubActions({ audience })],
    ['githubActions: repositories', () => githubActions({ audience, repositories: 'shop' })],
    ['kubernetes: serviceAccounts', () => kubernetes({ issuer: 'https://a.example', audience })],
    ['spiffe: ids', () => spiffe({ issuer: 'https://a.example', audience })],
    [
      'spiffe: trustDomain',
      () => spiffe({ issuer: 'https://a.example', audience, trustDomain: '*' }),
    ],
  ])('%s', (name, make) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(`${name} `);
  });
});

describe('roles become scopes', () => {
  const scopesOf = (roles: unknown, mapping: Parameters<typeof firebase>[0]['roles']) =>
    firebase({ projectId: 'p', ...(mapping !== undefined && { roles: mapping }) }).scopes?.({
      scope: 'openid',
      roles,
    });

  test.each<[string, unknown, Parameters<typeof firebase>[0]['roles'], unknown]>([
    ['with a prefix', ['a', 'b c'], 'role:', ['openid', 'role:a', 'role:b c']],
    ['as they are', ['a'], '', ['openid', 'a']],
    [
      'by a mapping, others left out',
      ['a', 'b', 'toString'],
      { a: ['x', 'y'], c: 'z' },
      ['openid', 'x', 'y'],
    ],
    ['only from a list', 'a', 'role:', ['openid']],
    ['only from texts', [7, null, { a: 1 }], 'role:', ['openid']],
    ['only where they are named', ['a'], undefined, undefined],
  ])('%s', (_, roles, mapping, scopes) => {
    expect(scopesOf(roles, mapping)).toEqual(scopes);
  });

  test.each<[string, object, readonly string[]]>([
    ['without an organization', {}, []],
    ['with bits beyond the names', { fea: 'o:a', o: { per: 'x', fpm: '7' } }, ['a:x']],
    ['with more features than numbers', { fea: 'o:a,uo:b', o: { per: 'x,y', fpm: '2' } }, ['a:y']],
    ['with what is no number', { fea: 'o:a', o: { per: 'x', fpm: '-1' } }, []],
    ['with what is no text', { fea: ['o:a'], o: { per: ['x'], fpm: 1 } }, []],
  ])('of Clerk %s', (_, claims, scopes) => {
    const settings = { issuer: 'https://a.example', authorizedParties: 'https://b.example' };
    expect(clerk({ ...settings, permissions: '' }).scopes?.(claims as never)).toEqual(scopes);
  });
});
