import {
  objectOf,
  optional,
  type OptionReaders,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { readIssuerText, textsLike } from './preset.readers.js';
import { readMapping, type RightsMapping, scopesWith } from './rights.js';

type Claims = Readonly<Record<string, unknown>>;

/** What {@link clerk} is told. @publicApi */
export interface ClerkSettings {
  /** Frontend API URL of the instance: `https://clerk.example.com`. */
  readonly issuer: string;
  /** Origins of the applications whose users may call (`azp`): `https://app.example.com`. */
  readonly authorizedParties: string | readonly string[];
  /** What the role in the active organization (`o.rol`) is as scopes. @defaultValue none */
  readonly roles?: RightsMapping;
  /**
   * What permissions in the active organization are as scopes, each as `feature:permission`.
   *
   * @defaultValue none
   */
  readonly permissions?: RightsMapping;
}

const readSettings = objectOf({
  issuer: readIssuerText,
  authorizedParties: textsLike(
    /^https?:\/\/[^/]+$/,
    "is needed: the origin of an application, such as 'https://app.example.com', or an array of them",
  ),
  roles: optional(readMapping),
  permissions: optional(readMapping),
} satisfies OptionReaders<ClerkSettings>);

/**
 * Session tokens of Clerk, of version 2.
 *
 * Refused are tokens that an application of another origin got, those without an origin, those of a
 * session that has tasks left to be done (`sts`), and whatever is no token of a session.
 *
 * Sources: https://clerk.com/docs/guides/sessions/session-tokens and
 * https://clerk.com/docs/guides/sessions/manual-jwt-verification
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function clerk(settings: ClerkSettings): JwtTokenVerifierOptions {
  const { issuer, authorizedParties, roles, permissions } = readSettings(settings, 'clerk');
  return {
    issuer,
    jwksUri: `${issuer}/.well-known/jwks.json`,
    clientIds: authorizedParties,
    algorithms: ['RS256'],
    typ: 'JWT',
    required: ['azp', 'sid', 'sub'],
    forbidden: ['client_id'],
    claims: { sts: ['active', null] },
    ...scopesWith(
      { mapping: roles, namesOf: (claims) => [organizationOf(claims)['rol']] },
      { mapping: permissions, namesOf: permissionsOf },
    ),
  };
}

function organizationOf(claims: Claims): Readonly<Record<string, unknown>> {
  return Object(claims['o']) as Readonly<Record<string, unknown>>;
}

/**
 * Of each feature of the organization (`fea`, `o:` or `uo:`), in its order, `o.fpm` has a number whose
 * bits, the lowest first, say which of `o.per` are given.
 */
function permissionsOf(claims: Claims): readonly string[] {
  const { per, fpm } = organizationOf(claims);
  const names = listOf(per);
  const masks = listOf(fpm);
  return listOf(claims['fea'])
    .map((feature) => feature.split(':'))
    .filter(([scope, name]) => scope!.includes('o') && name !== undefined)
    .flatMap(([, feature], index) => {
      const mask = /^\d+$/.test(masks[index] ?? '') ? BigInt(masks[index]!) : 0n;
      return names
        .filter((_, bit) => (mask >> BigInt(bit)) % 2n === 1n)
        .map((permission) => `${feature}:${permission}`);
    });
}

function listOf(text: unknown): readonly string[] {
  return typeof text === 'string' ? text.split(',').map((item) => item.trim()) : [];
}
