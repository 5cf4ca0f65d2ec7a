import {
  auth0,
  clerk,
  cognito,
  entraId,
  firebase,
  githubActions,
  hydra,
  type JwtTokenVerifierOptions,
  keycloak,
  kubernetes,
  okta,
  pingOne,
  spiffe,
  supabase,
  zitadel,
} from 'nestjs-api-errors/jwt';

type Claims = Readonly<Record<string, unknown>>;

/** A token as the documentation of its issuer shows it; `iss`, `iat` and `exp` are added. */
export interface TokenShape {
  /** `typ` of the header; none where it is left out. */
  readonly typ?: string;
  /** What is `undefined` is not there. */
  readonly claims: Claims;
}

/** An issuer of the world: what its preset is told, and what it sends. */
export interface IssuerShape {
  readonly options: JwtTokenVerifierOptions;
  /** The call that a log line names. */
  readonly preset: string;
  readonly access: Readonly<Record<string, TokenShape>>;
  /** Tokens of this issuer that must not pass, and what the log says of each. */
  readonly wrong: Readonly<Record<string, TokenShape & { readonly told: RegExp }>>;
}

export const TENANT = '11111111-2222-4333-8444-555555555555';
export const OTHER_TENANT = '99999999-2222-4333-8444-555555555555';
const API = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const CLIENT = 'cccccccc-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const URL_AUDIENCE = 'https://api.example.com';

/** Of a token that is otherwise good. */
const other = (shape: TokenShape, claims: Claims, told: RegExp, typ = shape.typ) => ({
  ...(typ !== undefined && { typ }),
  claims: { ...shape.claims, ...claims },
  told,
});

const entra2: TokenShape = {
  typ: 'JWT',
  claims: {
    ver: '2.0',
    tid: TENANT,
    aud: API,
    azp: CLIENT,
    azpacr: '1',
    oid: 'object',
    sub: 'pairwise',
    scp: 'books.read books.write',
    uti: 'id',
  },
};
const entra1: TokenShape = {
  typ: 'JWT',
  claims: {
    ver: '1.0',
    tid: TENANT,
    aud: 'api://shop',
    appid: CLIENT,
    appidacr: '0',
    sub: 'pairwise',
    scp: 'books.read',
  },
};
const auth0Default: TokenShape = {
  typ: 'JWT',
  claims: {
    sub: 'auth0|123456',
    aud: [URL_AUDIENCE, 'https://example.eu.auth0.com/userinfo'],
    azp: 'spa',
    scope: 'openid books.read',
    permissions: ['books.delete'],
  },
};
const oktaCustom: TokenShape = {
  claims: {
    ver: 1,
    jti: 'AT.abc',
    aud: 'api://default',
    cid: 'spa',
    uid: '00u1',
    scp: ['openid', 'books.read'],
    sub: 'ada@example.com',
    groups: ['Staff'],
  },
};
const keycloakBearer: TokenShape = {
  typ: 'JWT',
  claims: {
    jti: 'abc',
    aud: ['bookshelf-api', 'account'],
    sub: 'f5e1',
    typ: 'Bearer',
    azp: 'spa',
    acr: '1',
    realm_access: { roles: ['librarian'] },
    resource_access: {
      'bookshelf-api': { roles: ['lend'] },
      account: { roles: ['manage-account'] },
    },
    scope: 'openid books.read',
  },
};
const cognitoAccess: TokenShape = {
  claims: {
    sub: 'aaaa',
    token_use: 'access',
    client_id: '1example23456789',
    scope: 'books/read',
    'cognito:groups': ['staff'],
    username: 'ada',
    version: 2,
  },
};
const firebaseToken: TokenShape = {
  typ: 'JWT',
  claims: {
    aud: 'bookshelf-1234',
    sub: 'uid',
    user_id: 'uid',
    auth_time: 1_700_000_000,
    email: 'ada@example.com',
    email_verified: true,
    firebase: { identities: {}, sign_in_provider: 'password' },
    roles: ['librarian'],
  },
};
const clerkSession: TokenShape = {
  typ: 'JWT',
  claims: {
    azp: 'https://app.example.com',
    sub: 'user_1',
    sid: 'sess_1',
    sts: 'active',
    v: 2,
    fva: [7, -1],
    fea: 'u:beta,o:books,o:loans',
    o: { id: 'org_1', slg: 'shop', rol: 'admin', per: 'manage,read', fpm: '3,2' },
  },
};
const supabaseUser: TokenShape = {
  typ: 'JWT',
  claims: {
    aud: 'authenticated',
    sub: 'uuid',
    role: 'authenticated',
    aal: 'aal1',
    session_id: 'uuid',
    is_anonymous: false,
    email: 'ada@example.com',
  },
};
const zitadelAccess: TokenShape = {
  typ: 'JWT',
  claims: {
    aud: ['170088295403946241', '160088295403946241'],
    sub: '165',
    azp: '160088295403946241@shop',
    client_id: '160088295403946241@shop',
    jti: 'V2_1',
    'urn:zitadel:iam:org:project:160088295403946241:roles': { admin: { '1': 'example.com' } },
    'urn:zitadel:iam:org:project:170088295403946241:roles': { reader: { '1': 'example.com' } },
  },
};
const hydraAccess: TokenShape = {
  typ: 'JWT',
  claims: {
    aud: [URL_AUDIENCE],
    client_id: 'shop',
    ext: {},
    jti: 'b0a1',
    scp: ['books.read'],
    sub: 'ada',
  },
};
const pingAccess: TokenShape = {
  typ: 'at+jwt',
  claims: {
    aud: [URL_AUDIENCE],
    client_id: 'shop',
    env: 'env-1',
    org: 'org-1',
    scope: 'books.read',
    sub: 'ada',
  },
};
const workflow: TokenShape = {
  typ: 'JWT',
  claims: {
    aud: URL_AUDIENCE,
    sub: 'repo:example/shop:ref:refs/heads/main',
    repository: 'example/shop',
    repository_owner: 'example',
    repository_id: '74',
    run_id: '1',
    ref: 'refs/heads/main',
  },
};
const serviceAccount: TokenShape = {
  claims: {
    aud: [URL_AUDIENCE],
    sub: 'system:serviceaccount:shop:worker',
    jti: 'abc',
    'kubernetes.io': { namespace: 'shop', serviceaccount: { name: 'worker', uid: 'u' } },
  },
};
const svid: TokenShape = {
  typ: 'JWT',
  claims: { aud: [URL_AUDIENCE], sub: 'spiffe://example.org/shop/worker' },
};

const ID_TOKEN = /is an ID token/;

export const issuerShapes: Readonly<Record<string, IssuerShape>> = {
  'Entra ID 2': {
    options: entraId({ tenant: TENANT, audience: API, roles: 'role:' }),
    preset: 'entraId({ tenant, audience })',
    access: {
      'of a user': entra2,
      'of an application': {
        typ: 'JWT',
        claims: { ...entra2.claims, scp: undefined, roles: ['Books.Read.All'], idtyp: 'app' },
      },
    },
    wrong: {
      'an ID token': other(
        entra2,
        { scp: undefined, azp: undefined, azpacr: undefined, nonce: 'n' },
        ID_TOKEN,
      ),
      'an ID token without a nonce': other(
        entra2,
        { scp: undefined, azp: undefined, azpacr: undefined },
        /azp has to be there/,
      ),
      'of another tenant': other(
        entra2,
        { tid: OTHER_TENANT, iss: `https://login.microsoftonline.com/${OTHER_TENANT}/v2.0` },
        /iss is ".*9999.*", expected ".*1111.*Both are Entra ID/,
      ),
      'of version 1': other(
        entra1,
        { aud: API, iss: `https://sts.windows.net/${TENANT}/` },
        /use entraId\({ tenant, audience, version: 1 }\)/,
      ),
      'of an application without a role': other(
        entra2,
        { scp: undefined, idtyp: 'app' },
        /scp or roles has to be there/,
      ),
      'for another API': other(entra2, { aud: CLIENT }, /aud is ".*", expected ".*"/),
    },
  },
  'Entra ID 1': {
    options: entraId({ tenant: TENANT, audience: 'api://shop', version: 1 }),
    preset: 'entraId({ tenant, audience, version: 1 })',
    access: { 'of a user': entra1 },
    wrong: {
      'an ID token': other(entra1, { scp: undefined, appid: undefined }, /appid has to be there/),
      'of version 2': other(
        entra2,
        { aud: 'api://shop', iss: `https://login.microsoftonline.com/${TENANT}/v2.0` },
        /use entraId\({ tenant, audience }\)/,
      ),
    },
  },
  Auth0: {
    options: auth0({ domain: 'example.eu.auth0.com', audience: URL_AUDIENCE, permissions: '' }),
    preset: 'auth0(',
    access: {
      'of its own profile': auth0Default,
      'of RFC 9068': {
        typ: 'at+jwt',
        claims: { ...auth0Default.claims, azp: undefined, client_id: 'spa', jti: 'j' },
      },
    },
    wrong: {
      'an ID token': other(
        auth0Default,
        { aud: 'spa', azp: undefined, scope: undefined, nonce: 'n', sid: 's' },
        ID_TOKEN,
      ),
      'for /userinfo alone': other(
        auth0Default,
        { aud: 'https://example.eu.auth0.com/userinfo' },
        /aud is "https:\/\/example.eu.auth0.com\/userinfo", expected "https:\/\/api.example.com"/,
      ),
      'without the slash in iss': other(
        auth0Default,
        { iss: 'https://example.eu.auth0.com' },
        /differ in the slash at the end/,
      ),
    },
  },
  Okta: {
    options: okta({
      issuer: 'https://example.okta.com/oauth2/default',
      audience: 'api://default',
      groups: { Staff: ['books.write', 'books.delete'] },
    }),
    preset: 'okta(',
    access: { 'of a custom server': oktaCustom },
    wrong: {
      'an ID token': other(
        oktaCustom,
        { aud: 'spa', cid: undefined, scp: undefined, at_hash: 'h' },
        ID_TOKEN,
      ),
      'of the org server': other(
        oktaCustom,
        { iss: 'https://example.okta.com', aud: 'https://example.okta.com' },
        /iss is "https:\/\/example.okta.com", expected ".*\/oauth2\/default".* with a custom authorization server/,
      ),
    },
  },
  Keycloak: {
    options: keycloak({
      issuer: 'https://sso.example.com/realms/shop',
      audience: 'bookshelf-api',
      realmRoles: 'realm:',
      clientRoles: { 'bookshelf-api': 'role:' },
    }),
    preset: 'keycloak(',
    access: {
      'as it comes': keycloakBearer,
      'with the type at+jwt': { ...keycloakBearer, typ: 'at+jwt' },
      'that is bound (DPoP)': {
        typ: 'JWT',
        claims: { ...keycloakBearer.claims, typ: 'DPoP' },
      },
    },
    wrong: {
      'an ID token': other(keycloakBearer, { typ: 'ID', nonce: 'n', at_hash: 'h' }, ID_TOKEN),
      'an ID token without more': other(keycloakBearer, { typ: 'ID' }, ID_TOKEN),
      'a refresh token': other(
        keycloakBearer,
        { typ: 'Refresh' },
        /typ has to be "Bearer" or "DPoP", and is "Refresh"/,
      ),
      'an offline token': other(keycloakBearer, { typ: 'Offline' }, /and is "Offline"/),
      'of the audience account alone': other(
        keycloakBearer,
        { aud: 'account' },
        /aud is "account"/,
      ),
    },
  },
  Cognito: {
    options: cognito({
      userPoolId: 'eu-west-1_AbCdEf123',
      clientIds: '1example23456789',
      groups: 'group:',
    }),
    preset: 'cognito(',
    access: { 'of a user': cognitoAccess },
    wrong: {
      'an ID token': other(
        cognitoAccess,
        { token_use: 'id', aud: '1example23456789', client_id: undefined },
        ID_TOKEN,
      ),
      'of another client': other(
        cognitoAccess,
        { client_id: 'another' },
        /the client is "another", expected "1example23456789"/,
      ),
    },
  },
  Firebase: {
    options: firebase({ projectId: 'bookshelf-1234', roles: 'role:' }),
    preset: 'firebase(',
    access: { 'of a user': firebaseToken },
    wrong: {
      'of another project': other(
        firebaseToken,
        { aud: 'evil', iss: 'https://securetoken.google.com/evil' },
        /iss is ".*evil", expected ".*bookshelf-1234"/,
      ),
      'for another project': other(firebaseToken, { aud: 'evil' }, /aud is "evil"/),
      'of an unverified email': other(
        firebaseToken,
        { email_verified: false },
        /email_verified has to be true/,
      ),
      'without an email': other(firebaseToken, { email_verified: undefined }, /email_verified/),
    },
  },
  Clerk: {
    options: clerk({
      issuer: 'https://clerk.example.com',
      authorizedParties: ['https://app.example.com', 'https://admin.example.com'],
      roles: 'role:',
      permissions: '',
    }),
    preset: 'clerk(',
    access: { 'of a session': clerkSession },
    wrong: {
      'of another origin': other(
        clerkSession,
        { azp: 'https://evil.example' },
        /the client is "https:\/\/evil.example", expected "https:\/\/app.example.com" or/,
      ),
      'without an origin': other(clerkSession, { azp: undefined }, /the client is none/),
      'that is pending': other(
        clerkSession,
        { sts: 'pending' },
        /sts has to be "active" or absent/,
      ),
      'of no session': other(clerkSession, { sid: undefined }, /sid has to be there/),
    },
  },
  Supabase: {
    options: supabase({ url: 'https://abcdefgh.supabase.co' }),
    preset: 'supabase(',
    access: { 'of a user': supabaseUser },
    wrong: {
      'of the role anon': other(
        supabaseUser,
        { role: 'anon' },
        /role has to be "authenticated", and is "anon"/,
      ),
      'of the role service_role': other(
        supabaseUser,
        { role: 'service_role' },
        /and is "service_role"/,
      ),
      'of a user who signed in anonymously': other(
        supabaseUser,
        { is_anonymous: true },
        /is_anonymous has to be false or absent/,
      ),
      'an API key': other(
        supabaseUser,
        { iss: 'supabase', role: 'anon', aud: undefined, session_id: undefined },
        /iss is "supabase".* use supabase\(/,
      ),
    },
  },
  ZITADEL: {
    options: zitadel({
      issuer: 'https://example.us1.zitadel.cloud',
      projectId: '160088295403946241',
      roles: 'role:',
    }),
    preset: 'zitadel(',
    access: { 'of a user': zitadelAccess },
    wrong: {
      'an ID token': other(
        zitadelAccess,
        { jti: undefined, amr: ['pwd'], auth_time: 1, at_hash: 'h' },
        ID_TOKEN,
      ),
      'an ID token without a hash': other(
        zitadelAccess,
        { jti: undefined, amr: ['pwd'] },
        /amr must not be there/,
      ),
      'of another project': other(zitadelAccess, { aud: ['170088295403946241'] }, /aud is/),
    },
  },
  Hydra: {
    options: hydra({ issuer: 'https://example.projects.oryapis.com', audience: URL_AUDIENCE }),
    preset: 'hydra(',
    access: {
      'with scp': hydraAccess,
      'with scope': {
        typ: 'JWT',
        claims: { ...hydraAccess.claims, scp: undefined, scope: 'books.read' },
      },
    },
    wrong: {
      'an ID token': other(
        hydraAccess,
        { aud: ['shop'], client_id: undefined, scp: undefined, at_hash: 'h', nonce: 'n' },
        ID_TOKEN,
      ),
      'whose client asked for no audience': other(hydraAccess, { aud: [] }, /aud is an empty list/),
    },
  },
  PingOne: {
    options: pingOne({ environmentId: 'env-1', audience: URL_AUDIENCE, region: 'eu' }),
    preset: 'pingOne(',
    access: {
      'with the type at+jwt': pingAccess,
      'without a type': { claims: pingAccess.claims },
    },
    wrong: {
      'an ID token': other(
        pingAccess,
        { aud: 'shop', client_id: undefined, scope: undefined, at_hash: 'h' },
        ID_TOKEN,
        'JWT',
      ),
      'of another environment': other(
        pingAccess,
        { env: 'env-2', iss: 'https://auth.pingone.eu/env-2/as' },
        /iss is ".*env-2\/as"/,
      ),
    },
  },
  'GitHub Actions': {
    options: githubActions({ audience: URL_AUDIENCE, repositories: 'example/shop' }),
    preset: 'githubActions(',
    access: { 'of a workflow': workflow },
    wrong: {
      'of another repository': other(
        workflow,
        { repository: 'evil/shop', repository_owner: 'evil' },
        /repository has to be "example\/shop", and is "evil\/shop"/,
      ),
      'for its owner': other(workflow, { aud: 'https://github.com/example' }, /aud is/),
    },
  },
  Kubernetes: {
    options: kubernetes({
      issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/ABC',
      audience: URL_AUDIENCE,
      serviceAccounts: 'shop/worker',
    }),
    preset: 'kubernetes(',
    access: { 'of a service account': serviceAccount },
    wrong: {
      'of another namespace': other(
        serviceAccount,
        { sub: 'system:serviceaccount:evil:worker', 'kubernetes.io': { namespace: 'evil' } },
        /sub has to be "system:serviceaccount:shop:worker"\./,
      ),
      'of a Secret': other(serviceAccount, { exp: undefined }, /exp has to be there/),
    },
  },
  SPIFFE: {
    options: spiffe({
      issuer: 'https://oidc.example.org',
      audience: URL_AUDIENCE,
      trustDomain: 'example.org',
    }),
    preset: 'spiffe(',
    access: { 'of a workload': svid },
    wrong: {
      'of another trust domain': other(
        svid,
        { sub: 'spiffe://exampleXorg/shop' },
        /sub has to be \/\^spiffe:/,
      ),
      'of no workload': other(svid, { sub: 'ada' }, /sub has to be/),
    },
  },
};

/** The claims of a token of a shape, of an issuer, that lives for ten minutes. */
export function claimsOf({ claims }: TokenShape, issuer: string): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return { iss: issuer, iat: now, exp: now + 600, ...claims };
}

/** The issuer that a preset names, one of them where it takes several. */
export function issuerOf({ options }: IssuerShape): string {
  return [options.issuer!].flat()[0]!;
}
