import {
  objectOf,
  optional,
  type OptionReaders,
  texts,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { readAudience, textLike } from './preset.readers.js';
import { readMapping, type RightsMapping, scopesWith } from './rights.js';

/** What {@link cognito} is told. @publicApi */
export interface CognitoSettings {
  /** The user pool, which names its region: `eu-west-1_AbCdEf123`. */
  readonly userPoolId: string;
  /** App clients whose tokens are taken. */
  readonly clientIds: string | readonly string[];
  /** Name of this API in `aud`, which only a token has whose client asked for a resource. @defaultValue any */
  readonly audience?: string | readonly string[];
  /** What `cognito:groups` are as scopes. @defaultValue none */
  readonly groups?: RightsMapping;
}

const readSettings = objectOf({
  userPoolId: textLike(
    /^[a-z\d-]+_[A-Za-z\d]+$/,
    "is the ID of a user pool: 'eu-west-1_AbCdEf123'",
  ),
  clientIds: texts('the ID of an app client'),
  audience: optional(readAudience),
  groups: optional(readMapping),
} satisfies OptionReaders<CognitoSettings>);

/**
 * Access tokens of a user pool of Amazon Cognito.
 *
 * Refused are ID tokens (`token_use`), and tokens of other app clients of the pool.
 *
 * Sources:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 * and
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function cognito(settings: CognitoSettings): JwtTokenVerifierOptions {
  const { userPoolId, clientIds, audience, groups } = readSettings(settings, 'cognito');
  const [region] = userPoolId.split('_');
  return {
    issuer: `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`,
    ...(audience && { audience }),
    clientIds,
    algorithms: ['RS256'],
    typ: null,
    required: ['client_id'],
    claims: { token_use: 'access' },
    ...scopesWith({ mapping: groups, namesOf: (claims) => claims['cognito:groups'] }),
  };
}
