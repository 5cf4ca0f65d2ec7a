import type { Configuration } from 'oidc-provider';
import { IssuerStore } from './issuer.store.js';
import type { IssuerKeys } from './issuer.keys.js';

/** The one client of the issuer; it may have any scope of any audience. */
export const CLIENT = { id: 'bookshelf-client', secret: 'bookshelf-client-secret' };

/** Request headers by which a test says what the token is to be. */
export const ALG_HEADER = 'x-token-alg';
export const TTL_HEADER = 'x-token-ttl';
export const FORMAT_HEADER = 'x-token-format';

/** oidc-provider warns of its Node release as it is imported, and takes no option for that. */
async function importProvider() {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return (await import('oidc-provider')).Provider;
  } finally {
    console.warn = warn;
  }
}

/** A real authorization server: client credentials, resource indicators, JWT access tokens. */
export async function createProvider(
  issuer: string,
  keys: IssuerKeys,
  store: IssuerStore,
  configuration: Configuration,
) {
  const Provider = await importProvider();
  const { features, ...rest } = configuration;
  return new Provider(issuer, {
    adapter: (model: string) => store.forModel(model),
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    ttl: { ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 600 },
    jwks: { keys: Object.values(keys) },
    ...rest,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: { enabled: true, getResourceServerInfo: toResourceServer },
      ...features,
    },
  } as Configuration);
}

type ResourceServerInfo = NonNullable<
  NonNullable<NonNullable<Configuration['features']>['resourceIndicators']>['getResourceServerInfo']
>;

const toResourceServer: ResourceServerInfo = (ctx, audience) => ({
  audience,
  scope: String(ctx.oidc.params?.['scope'] ?? ''),
  accessTokenTTL: Number(ctx.get(TTL_HEADER) || 600),
  accessTokenFormat: ctx.get(FORMAT_HEADER) === 'opaque' ? 'opaque' : 'jwt',
  jwt: { sign: { alg: ctx.get(ALG_HEADER) === 'ES256' ? 'ES256' : 'RS256' } },
});
