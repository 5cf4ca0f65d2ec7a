import {
  objectOf,
  oneOf,
  type OptionReaders,
  withDefault,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { ID_TOKEN_CLAIMS, readAudience, textLike } from './preset.readers.js';

const REGIONS = ['com', 'eu', 'ca', 'asia', 'sg', 'com.au'] as const;

/** What {@link pingOne} is told. @publicApi */
export interface PingOneSettings {
  /** The environment. */
  readonly environmentId: string;
  /** Audience of the custom resource that is this API. */
  readonly audience: string | readonly string[];
  /** Top-level domain of the region. @defaultValue `'com'` */
  readonly region?: (typeof REGIONS)[number];
}

const readSettings = objectOf({
  environmentId: textLike(/^[\w-]+$/, 'is needed: the ID of the environment'),
  audience: readAudience,
  region: withDefault('com', oneOf(REGIONS)),
} satisfies OptionReaders<PingOneSettings>);

/**
 * Access tokens of PingOne for a custom resource. Their header has `at+jwt` where that is switched on,
 * and always from 2 March 2027 on.
 *
 * Refused are ID tokens, and tokens of other environments.
 *
 * Source:
 * https://developer.pingidentity.com/pingone-api/foundations/authentication-concepts/access-tokens-and-id-tokens/token-claims.html
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function pingOne(settings: PingOneSettings): JwtTokenVerifierOptions {
  const { environmentId, audience, region } = readSettings(settings, 'pingOne');
  return {
    issuer: `https://auth.pingone.${region}/${environmentId}/as`,
    audience,
    algorithms: ['RS256'],
    typ: ['at+jwt', 'JWT', null],
    required: ['client_id'],
    forbidden: ID_TOKEN_CLAIMS,
  };
}
