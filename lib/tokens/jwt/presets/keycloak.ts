import {
  objectOf,
  optional,
  type OptionReaders,
  refuseOption,
  that,
  texts,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { readAudience, readIssuerText } from './preset.readers.js';
import { readMapping, type RightsMapping, scopesWith } from './rights.js';

/** What {@link keycloak} is told. @publicApi */
export interface KeycloakSettings {
  /** The realm: `https://sso.example.com/realms/shop`. */
  readonly issuer: string;
  /**
   * Name of this API in `aud`, which a client scope with an audience mapper writes. Needed, unless there
   * are `clientIds`.
   */
  readonly audience?: string | readonly string[];
  /** Clients (`azp`) whose tokens are taken. @defaultValue those of any client */
  readonly clientIds?: string | readonly string[];
  /** What roles of the realm are as scopes. @defaultValue none */
  readonly realmRoles?: RightsMapping;
  /** What roles of clients are as scopes, by the client that has them. @defaultValue none */
  readonly clientRoles?: Readonly<Record<string, RightsMapping>>;
}

const readSettings = objectOf({
  issuer: readIssuerText,
  audience: optional(readAudience),
  clientIds: optional(texts('the id of a client')),
  realmRoles: optional(readMapping),
  clientRoles: optional(
    that<NonNullable<KeycloakSettings['clientRoles']>>(
      'takes an object with the mapping of each client',
      (given) => typeof given === 'object' && given !== null,
    ),
  ),
} satisfies OptionReaders<KeycloakSettings>);

/**
 * Access tokens of a realm of Keycloak, whatever their header's type.
 *
 * Refused are ID, refresh, offline and logout tokens, which say so in the claim `typ`. The audience
 * `account` is in nearly every token of a realm, and does not do by itself.
 *
 * Sources: https://www.keycloak.org/docs/latest/server_admin/#audience-support and
 * https://www.keycloak.org/securing-apps/oidc-layers
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function keycloak(settings: KeycloakSettings): JwtTokenVerifierOptions {
  const options = readSettings(settings, 'keycloak');
  const { issuer, audience, clientIds, realmRoles, clientRoles = {} } = options;
  if (clientIds === undefined && (audience === undefined || audience.includes('account'))) {
    refuseOption(
      'keycloak: audience',
      'is the name that an audience mapper writes for this API, and account is in tokens for any API; ' +
        'give it, or clientIds',
    );
  }
  return {
    issuer,
    ...(audience ? { audience, ...(clientIds && { clientIds }) } : { clientIds: clientIds! }),
    typ: ['JWT', 'at+jwt'],
    required: ['azp'],
    claims: { typ: ['Bearer', 'DPoP'] },
    ...scopesWith(
      { mapping: realmRoles, namesOf: (claims) => rolesOf(claims['realm_access']) },
      ...Object.entries(clientRoles).map(([client, mapping]) => ({
        mapping: readMapping(mapping, `keycloak: clientRoles.${client}`),
        namesOf: (claims: Readonly<Record<string, unknown>>) =>
          rolesOf(ownOf(claims['resource_access'], client)),
      })),
    ),
  };
}

function ownOf(value: unknown, name: string): unknown {
  const members = Object(value) as Readonly<Record<string, unknown>>;
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

function rolesOf(access: unknown): unknown {
  return ownOf(access, 'roles');
}
