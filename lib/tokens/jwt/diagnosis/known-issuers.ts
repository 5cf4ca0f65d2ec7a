import type { CompactJwt } from '../../jws/compact-jwt.js';

type Claims = CompactJwt['claims'];

/** An issuer that a preset is for, by what its tokens say. @internal */
export interface KnownIssuer {
  readonly name: string;
  /** The call that makes its options. */
  readonly preset: string;
  readonly isOf: (claims: Claims) => boolean;
  /** What to do about a claim that is not as demanded, by its name, or by what else is wrong. */
  readonly hints?: Readonly<Record<string, string>>;
}

/** Longer ones are no issuers, and patterns take their time. */
const MAX_ISS = 512;

const iss = (pattern: RegExp) => (claims: Claims) =>
  typeof claims['iss'] === 'string' &&
  claims['iss'].length < MAX_ISS &&
  pattern.test(claims['iss']);

const entraHints = {
  'scp or roles':
    'Grant the application an app role of this API, or let the user have a scope of it.',
  azp: 'Access tokens name their client: it may be an ID token.',
  appid: 'Access tokens name their client: it may be an ID token.',
};

/** Those that run anywhere are known by what no other token has. */
const KNOWN: readonly KnownIssuer[] = [
  {
    name: 'Entra ID',
    preset: 'entraId({ tenant, audience })',
    isOf: iss(/^https:\/\/login\.microsoftonline\.com\/.*\/v2\.0$/),
    hints: entraHints,
  },
  {
    name: 'Entra ID with tokens of version 1',
    preset: 'entraId({ tenant, audience, version: 1 })',
    isOf: iss(/^https:\/\/sts\.windows\.net\//),
    hints: entraHints,
  },
  {
    name: 'Auth0',
    preset: 'auth0({ domain, audience })',
    isOf: iss(/^https:\/\/[\w.-]+\.auth0\.com\/$/),
    hints: {
      aud: 'The client has to ask with the parameter audience, the identifier of this API.',
    },
  },
  {
    name: 'Okta',
    preset: 'okta({ issuer, audience })',
    isOf: iss(/^https:\/\/[\w.-]+\.(?:okta|oktapreview|okta-emea)\.com\/oauth2\//),
  },
  {
    name: "Okta's org server, whose tokens are for Okta alone",
    preset: 'okta({ issuer, audience }) with a custom authorization server',
    isOf: iss(/^https:\/\/[\w.-]+\.(?:okta|oktapreview|okta-emea)\.com$/),
  },
  {
    name: 'Keycloak',
    preset: 'keycloak({ issuer, audience })',
    isOf: (claims) => iss(/^https?:\/\/.+\/realms\/[^/]+$/)(claims) || 'realm_access' in claims,
    hints: {
      aud: 'Have an audience mapper write the name of this API, in a scope of the client.',
      typ: 'Clients send the access token here; other tokens are for the issuer.',
    },
  },
  {
    name: 'Amazon Cognito',
    preset: 'cognito({ userPoolId, clientIds })',
    isOf: iss(/^https:\/\/cognito-idp\.[\w-]+\.amazonaws\.com\//),
  },
  {
    name: 'Firebase',
    preset: 'firebase({ projectId })',
    isOf: iss(/^https:\/\/securetoken\.google\.com\//),
    hints: {
      aud: 'It is of another project.',
      email_verified:
        'The user has to verify the email, or allowUnverifiedEmail of firebase() lets anybody pass.',
    },
  },
  {
    name: 'Clerk',
    preset: 'clerk({ issuer, authorizedParties })',
    isOf: iss(/^https:\/\/(?:clerk\.|.+\.clerk\.accounts\.dev$)/),
    hints: {
      client:
        'Where that origin is an application of yours, add it to authorizedParties of clerk().',
      sts: 'The session has tasks left to be done.',
      sid: 'Clients send the token of a session, of no template.',
    },
  },
  {
    name: 'Supabase',
    preset: 'supabase({ url })',
    isOf: iss(/^https:\/\/[\w.-]+\.supabase\.co\/auth\/v1$/),
    hints: {
      role: 'Where that role may call, add it to roles of supabase().',
      is_anonymous: 'Where anonymous users may call, set allowAnonymous of supabase().',
      aal: 'The user has to sign in with a second factor.',
    },
  },
  {
    name: 'an API key of Supabase',
    preset: 'supabase({ url }) and the access token of a user',
    isOf: iss(/^supabase$/),
  },
  {
    name: 'ZITADEL',
    preset: 'zitadel({ issuer, projectId })',
    isOf: iss(/^https:\/\/[\w.-]+\.zitadel\.cloud$/),
    hints: {
      aud: 'The client has to ask for the scope urn:zitadel:iam:org:project:id:{projectId}:aud.',
      amr: 'It is an ID token, which is for the client; clients send the access token here.',
    },
  },
  {
    name: 'Ory',
    preset: 'hydra({ issuer, audience })',
    isOf: iss(/^https:\/\/[\w.-]+\.oryapis\.com\/?$/),
    hints: { aud: 'The client has to have the audience, and to ask for it.' },
  },
  {
    name: 'PingOne',
    preset: 'pingOne({ environmentId, audience })',
    isOf: iss(/^https:\/\/auth\.pingone\.(?:com|eu|ca|asia|sg|com\.au)\//),
  },
  {
    name: 'GitHub Actions',
    preset: 'githubActions({ audience, repositories })',
    isOf: iss(/^https:\/\/token\.actions\.githubusercontent\.com$/),
    hints: {
      aud: 'The workflow has to ask for this API: core.getIDToken(audience).',
      repository: 'Where its workflows may call, add it to repositories of githubActions().',
      repository_owner: 'Where its workflows may call, add it to owners of githubActions().',
    },
  },
  {
    name: 'Kubernetes',
    preset: 'kubernetes({ issuer, audience, serviceAccounts })',
    isOf: (claims) => 'kubernetes.io' in claims,
    hints: {
      sub: 'Where that service account may call, add it to serviceAccounts of kubernetes().',
      exp: 'Have the pod project a token, with an audience and an expiration.',
    },
  },
  {
    name: 'SPIFFE',
    preset: 'spiffe({ issuer, audience, ids })',
    isOf: ({ sub }) => typeof sub === 'string' && sub.startsWith('spiffe://'),
    hints: { sub: 'Where that workload may call, add it to ids of spiffe().' },
  },
];

/** The issuer whose tokens look like this one; nothing of it is verified. @internal */
export function knownIssuerOf({ claims }: Pick<CompactJwt, 'claims'>): KnownIssuer | undefined {
  return KNOWN.find(({ isOf }) => isOf(claims));
}

const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash'];

/** By what OpenID Connect Core §2 and §3.3.2.11 and two issuers put into ID tokens alone. @internal */
export function looksLikeIdToken({ claims }: Pick<CompactJwt, 'claims'>): boolean {
  return (
    ID_TOKEN_CLAIMS.some((name) => claims[name] !== undefined) ||
    claims['token_use'] === 'id' ||
    claims['typ'] === 'ID'
  );
}
