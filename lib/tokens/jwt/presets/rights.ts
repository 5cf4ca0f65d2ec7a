import { that } from '../../../contract/options/option-readers.js';
import { verifiedToken } from '../../verified-token.js';
import type { JwtOptions } from '../options/jwt-token-verifier.options.js';

type Claims = Readonly<Record<string, unknown>>;

/**
 * How an issuer's roles, groups or permissions become scopes, for `@RequireScopes()`: a prefix that each
 * of them gets (`'role:'`, or `''` for none), or which scopes each stands for; others are left out.
 *
 * @publicApi
 */
export type RightsMapping = string | Readonly<Record<string, string | readonly string[]>>;

/** Names in a claim, and the mapping that the application gave for them. @internal */
export interface Rights {
  readonly mapping: RightsMapping | undefined;
  readonly namesOf: (claims: Claims) => unknown;
}

const isText = (given: unknown) => typeof given === 'string';

/** @internal */
export const readMapping = that<RightsMapping>(
  "takes a prefix such as 'role:', or an object with the scopes of each name",
  (given) =>
    isText(given) ||
    (typeof given === 'object' &&
      given !== null &&
      Object.values(given).every((scopes) => [scopes].flat().every(isText))),
);

/**
 * The option `scopes` of a preset: those of the token, and what the named rights stand for. Left out
 * where none are named, so that the options are plain data.
 *
 * @internal
 */
export function scopesWith(...rights: readonly Rights[]): Pick<JwtOptions, 'scopes'> {
  const named = rights.filter(({ mapping }) => mapping !== undefined);
  return named.length === 0
    ? {}
    : {
        scopes: (claims) => [
          ...verifiedToken(claims).scopes,
          ...named.flatMap(({ mapping, namesOf }) => toScopes(namesOf(claims), mapping!)),
        ],
      };
}

function toScopes(names: unknown, mapping: RightsMapping): readonly string[] {
  const given = Array.isArray(names) ? names : [];
  return given
    .filter(isText)
    .flatMap((name: string) =>
      typeof mapping === 'string'
        ? `${mapping}${name}`
        : Object.hasOwn(mapping, name)
          ? mapping[name]!
          : [],
    );
}
