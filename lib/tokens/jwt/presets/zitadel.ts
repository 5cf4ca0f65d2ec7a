import {
  objectOf,
  optional,
  type OptionReaders,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { ID_TOKEN_CLAIMS, readIssuerText, textLike } from './preset.readers.js';
import { readMapping, type RightsMapping, scopesWith } from './rights.js';

/** What {@link zitadel} is told. @publicApi */
export interface ZitadelSettings {
  /** Domain of the instance: `https://example.us1.zitadel.cloud`. */
  readonly issuer: string;
  /** The project of this API, which clients ask for with `urn:zitadel:iam:org:project:id:{id}:aud`. */
  readonly projectId: string;
  /** What roles in that project are as scopes. @defaultValue none */
  readonly roles?: RightsMapping;
}

const readSettings = objectOf({
  issuer: readIssuerText,
  projectId: textLike(/^[\w-]+$/, 'is needed: the ID of the project that this API belongs to'),
  roles: optional(readMapping),
} satisfies OptionReaders<ZitadelSettings>);

/**
 * Access tokens of ZITADEL, of applications that have the type JWT for them.
 *
 * Refused are ID tokens, whose audience holds the project as well: they have no `jti`, and say how the
 * user signed in. Roles are those of this project, not of the client's.
 *
 * Sources: https://zitadel.com/docs/apis/openidoauth/claims and
 * https://zitadel.com/docs/apis/openidoauth/scopes
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function zitadel(settings: ZitadelSettings): JwtTokenVerifierOptions {
  const { issuer, projectId, roles } = readSettings(settings, 'zitadel');
  const claim = `urn:zitadel:iam:org:project:${projectId}:roles`;
  return {
    issuer,
    audience: projectId,
    typ: ['JWT', 'at+jwt', null],
    required: ['jti'],
    forbidden: [...ID_TOKEN_CLAIMS, 'amr', 'auth_time', 'acr'],
    ...scopesWith({
      mapping: roles,
      namesOf: (claims) => Object.keys(Object(claims[claim]) as object),
    }),
  };
}
