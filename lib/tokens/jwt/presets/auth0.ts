import {
  objectOf,
  optional,
  type OptionReaders,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { ID_TOKEN_CLAIMS, readAudience, textLike } from './preset.readers.js';
import { readMapping, type RightsMapping, scopesWith } from './rights.js';

/** What {@link auth0} is told. @publicApi */
export interface Auth0Settings {
  /** Domain of the tenant, or its custom one, without `https://`: `example.eu.auth0.com`. */
  readonly domain: string;
  /** Identifier of this API. */
  readonly audience: string | readonly string[];
  /** What `permissions` are as scopes, where RBAC adds them to tokens. @defaultValue none */
  readonly permissions?: RightsMapping;
}

const readSettings = objectOf({
  domain: textLike(/^[\w.-]+$/, "is a domain without https:// and slash: 'example.eu.auth0.com'"),
  audience: readAudience,
  permissions: optional(readMapping),
} satisfies OptionReaders<Auth0Settings>);

/**
 * Access tokens of Auth0, of its own profile and of that of RFC 9068.
 *
 * Refused are ID tokens, and the opaque or encrypted tokens for `/userinfo` that a client gets which
 * asks for no audience.
 *
 * Sources: https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles and
 * https://auth0.com/docs/secure/tokens/access-tokens/validate-access-tokens
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function auth0(settings: Auth0Settings): JwtTokenVerifierOptions {
  const { domain, audience, permissions } = readSettings(settings, 'auth0');
  return {
    issuer: `https://${domain}/`,
    audience,
    algorithms: ['RS256', 'PS256'],
    typ: ['JWT', 'at+jwt'],
    required: ['sub', 'iat', ['azp', 'client_id']],
    forbidden: ID_TOKEN_CLAIMS,
    ...scopesWith({ mapping: permissions, namesOf: (claims) => claims['permissions'] }),
  };
}
