import { objectOf, type OptionReaders } from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { ID_TOKEN_CLAIMS, readAudience, readIssuerText } from './preset.readers.js';

/** What {@link hydra} is told. @publicApi */
export interface HydraSettings {
  /** `urls.self.issuer`, with its slash at the end where it has one. */
  readonly issuer: string;
  /** Name of this API, which clients may have and ask for (`audience`). */
  readonly audience: string | readonly string[];
}

const readSettings = objectOf({
  issuer: readIssuerText,
  audience: readAudience,
} satisfies OptionReaders<HydraSettings>);

/**
 * Access tokens of Ory Hydra and Ory Network, with `strategies.access_token: jwt`.
 *
 * Refused are ID tokens, which have no `client_id`, and tokens whose client asked for no audience.
 *
 * Sources: https://github.com/ory/hydra/issues/3524 (`scp`, `strategies.jwt.scope_claim`) and
 * https://github.com/ory/hydra/blob/3838cdc580ad0a684b4120fb9dc057aa328a11b3/docs/docs/advanced.md (`aud`)
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function hydra(settings: HydraSettings): JwtTokenVerifierOptions {
  const { issuer, audience } = readSettings(settings, 'hydra');
  return {
    issuer,
    audience,
    typ: ['JWT', 'at+jwt'],
    required: ['client_id', 'jti', ['scp', 'scope']],
    forbidden: ID_TOKEN_CLAIMS,
  };
}
