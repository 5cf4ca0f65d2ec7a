import {
  objectOf,
  optional,
  type OptionReaders,
  refuseOption,
} from '../../../contract/options/option-readers.js';
import type { JwtTokenVerifierOptions } from '../options/jwt-token-verifier.options.js';
import { readAudience, readIssuerText, textLike, textsLike } from './preset.readers.js';

/** What {@link spiffe} is told. @publicApi */
export interface SpiffeSettings {
  /** `jwt_issuer` of the trust domain, whose keys its OIDC discovery provider publishes. */
  readonly issuer: string;
  /** What workloads ask for. */
  readonly audience: string | readonly string[];
  /** SPIFFE IDs that may call. Needed, unless there is a `trustDomain`. */
  readonly ids?: string | readonly string[];
  /** Trust domain, any of whose workloads may call: `example.org`. */
  readonly trustDomain?: string;
}

const readSettings = objectOf({
  issuer: readIssuerText,
  audience: readAudience,
  ids: optional(textsLike(/^spiffe:\/\/[a-z\d._-]+\/./, "takes IDs: 'spiffe://example.org/shop'")),
  trustDomain: optional(textLike(/^[a-z\d._-]+$/, "takes a trust domain: 'example.org'")),
} satisfies OptionReaders<SpiffeSettings>);

/**
 * JWT-SVIDs of SPIFFE, of a trust domain that names an issuer in them. The specification demands no
 * `iss`, and without one there is nobody to ask for keys.
 *
 * Refused are workloads with other IDs, and of other trust domains.
 *
 * Source: https://github.com/spiffe/spiffe/blob/main/standards/JWT-SVID.md
 *
 * @throws TypeError where a setting is wrong.
 * @publicApi
 */
export function spiffe(settings: SpiffeSettings): JwtTokenVerifierOptions {
  const { issuer, audience, ids, trustDomain } = readSettings(settings, 'spiffe');
  if (ids === undefined && trustDomain === undefined) {
    refuseOption('spiffe: ids', 'or trustDomain is needed');
  }
  const domain = trustDomain?.replaceAll('.', String.raw`\.`);
  return {
    issuer,
    audience,
    // §2.1 and §2.3 of the specification
    algorithms: ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'],
    typ: [null, 'JWT', 'JOSE'],
    claims: { sub: ids ?? new RegExp(`^spiffe://${domain}/.`) },
  };
}
