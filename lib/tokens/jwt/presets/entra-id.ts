import {
  objectOf,
  optional,
  type OptionReaders,
  that,
  withDefault,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { ID_TOKEN_CLAIMS, readAudience, textsLike } from './preset.readers.js';
import { readMapping, type RightsMapping, scopesWith } from './rights.js';

/** What {@link entraId} is told. @publicApi */
export interface EntraIdSettings {
  /**
   * Directory (tenant) ID of whose users and applications may call, or several; `'common'` is any
   * tenant of the world, and personal accounts.
   */
  readonly tenant: string | readonly string[];
  /**
   * Of tokens of version 2 the application (client) ID of this API; of version 1 that, or its
   * Application ID URI (`api://…`).
   */
  readonly audience: string | readonly string[];
  /**
   * `requestedAccessTokenVersion` in the manifest of this API, whatever endpoint its clients use;
   * where that is null, 1.
   *
   * @defaultValue `2`
   */
  readonly version?: 1 | 2;
  /** What app roles (`roles`) are as scopes. @defaultValue none */
  readonly roles?: RightsMapping;
}

const AUTHORITY = 'https://login.microsoftonline.com';
const TENANT = /^(?:common|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

const readSettings = objectOf({
  tenant: textsLike(
    TENANT,
    "is a tenant ID in lower case, an array of them, or 'common'; tokens name no domain",
  ),
  audience: readAudience,
  version: withDefault(
    2,
    that<1 | 2>('is 1 or 2', (given) => given === 1 || given === 2),
  ),
  roles: optional(readMapping),
} satisfies OptionReaders<EntraIdSettings>);

/**
 * Access tokens of Microsoft Entra ID, for users (`scp`) and for applications on their own (`roles`).
 *
 * Refused are ID tokens, tokens of another tenant and of the other version, and tokens that any
 * application of the tenant gets without having been granted a scope or a role. Of `'common'`, each
 * key is believed of the tenants that Microsoft publishes it for.
 *
 * Sources: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference and
 * https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-tokens
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function entraId(settings: EntraIdSettings): JwtTokenVerifierOptions {
  const { tenant, audience, version, roles } = readSettings(settings, 'entraId');
  const isCommon = tenant.includes('common');
  const where = tenant.length === 1 ? tenant[0]! : 'common';
  const keys = version === 1 ? 'discovery/keys' : 'discovery/v2.0/keys';
  return {
    issuer: (isCommon ? ['{tid}'] : tenant).map((id) =>
      version === 1 ? `https://sts.windows.net/${id}/` : `${AUTHORITY}/${id}/v2.0`,
    ),
    jwksUri: `${AUTHORITY}/${where}/${keys}`,
    audience,
    algorithms: ['RS256'],
    typ: 'JWT',
    required: [version === 1 ? 'appid' : 'azp', ['scp', 'roles']],
    forbidden: ID_TOKEN_CLAIMS,
    claims: { ver: version === 1 ? '1.0' : '2.0' },
    ...scopesWith({ mapping: roles, namesOf: (claims) => claims['roles'] }),
  };
}
