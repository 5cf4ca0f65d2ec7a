import {
  objectOf,
  optional,
  type OptionReaders,
  texts,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { ID_TOKEN_CLAIMS, readAudience, textLike } from './preset.readers.js';
import { readMapping, type RightsMapping, scopesWith } from './rights.js';

/** What {@link okta} is told. @publicApi */
export interface OktaSettings {
  /** Issuer URI of a custom authorization server: `https://example.okta.com/oauth2/default`. */
  readonly issuer: string;
  /** Audience of that server: `api://default`. */
  readonly audience: string | readonly string[];
  /** Clients (`cid`) whose tokens are taken. @defaultValue those of any client */
  readonly clientIds?: string | readonly string[];
  /** What groups are as scopes, where a claim `groups` was added to tokens. @defaultValue none */
  readonly groups?: RightsMapping;
}

const readSettings = objectOf({
  issuer: textLike(
    /^https?:\/\/[^/]+\/oauth2\/[^/]+$/,
    'is that of a custom authorization server (https://example.okta.com/oauth2/default); tokens of the ' +
      'org server are for Okta alone, and its format of them may change at any time',
  ),
  audience: readAudience,
  clientIds: optional(texts('the id of a client')),
  groups: optional(readMapping),
} satisfies OptionReaders<OktaSettings>);

/**
 * Access tokens of a custom authorization server of Okta.
 *
 * Refused are ID tokens, and tokens of the org authorization server, which no API but Okta's own may
 * verify.
 *
 * Sources: https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/ and
 * https://support.okta.com/help/s/article/Signature-Validation-Failed-on-Access-Token
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function okta(settings: OktaSettings): JwtTokenVerifierOptions {
  const { issuer, audience, clientIds, groups } = readSettings(settings, 'okta');
  return {
    issuer,
    audience,
    ...(clientIds && { clientIds }),
    algorithms: ['RS256'],
    typ: [null, 'at+jwt'],
    required: ['cid', 'scp'],
    forbidden: ID_TOKEN_CLAIMS,
    ...scopesWith({ mapping: groups, namesOf: (claims) => claims['groups'] }),
  };
}
