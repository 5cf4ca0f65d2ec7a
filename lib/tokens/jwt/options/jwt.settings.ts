import type { KeyObject } from 'node:crypto';
import { optional, refuseOption } from '../../../contract/options/option-readers.js';
import {
  readInsecureIssuer,
  readInsecureUrl,
  readIssuer,
  readIssuersUrl,
} from '../../issuer/issuer-url.js';
import {
  asymmetricAlgorithms,
  type SymmetricAlgorithm,
  symmetricAlgorithms,
} from '../../jws/algorithms.js';
import { SECRET_BITS } from '../../jws/hmac.js';
import type { KeySet } from '../../jws/key-set.js';
import { toSubtype } from '../../jws/media-type.js';
import { toClaimRules } from '../checks/claim.rules.js';
import type { ClaimsRules } from '../checks/claims.checks.js';
import type { HeaderRules } from '../checks/header.checks.js';
import { toTemplate } from '../keys/issuer.template.js';
import { type ReadJwtOptions, readJwtOptions } from './jwt.option-readers.js';
import type { JwtOptions, TokenCacheOptions } from './jwt-token-verifier.options.js';

/** The options of a verifier, read and with their defaults. @internal */
export interface JwtSettings extends HeaderRules, ClaimsRules {
  /** None where a secret says whose tokens they are. */
  readonly issuers: readonly string[];
  readonly jwksUri: URL | undefined;
  readonly jwks: KeySet | undefined;
  readonly secret: KeyObject | undefined;
  readonly cache: Required<TokenCacheOptions> | undefined;
  readonly scopes: JwtOptions['scopes'];
  readonly check: JwtOptions['check'];
  /** What does not keep the application from starting. */
  readonly warnings: readonly string[];
}

const NAME = 'JwtTokenVerifier';

/**
 * @throws TypeError where an option is wrong; the message names it and the fix.
 * @internal
 */
export function toSettings(given: unknown): JwtSettings {
  const options = readJwtOptions(given, NAME);
  const { audience, clientIds, secret, clockTolerance, jwks, cache, scopes, check } = options;
  const types = options.typ === false ? false : new Set([options.typ].flat().map(toType));
  const jwksUri = toJwksUri(options);
  const issuers = toIssuers(options);
  if (audience === undefined && clientIds === undefined && secret === undefined) {
    refuseOption(`${NAME}: audience`, 'is needed: the name of this API in aud; or clientIds');
  }
  return {
    issuers,
    audiences: audience && new Set(audience),
    clients: clientIds && new Set(clientIds),
    algorithms: new Set(toAlgorithms(options)),
    types,
    isProfile: types !== false && types.size === 1 && types.has('at+jwt'),
    claimRules: toClaimRules(options),
    clockTolerance,
    jwksUri,
    jwks,
    secret,
    cache,
    scopes,
    check,
    warnings: isUnmistakable(options) ? [] : [MISTAKABLE],
  };
}

const MISTAKABLE =
  `${NAME}: typ does not tell an access token from an ID token, and nothing else does: an ID token of ` +
  'the same audience is taken for an access token. Give it required, claims, forbidden or clientIds, ' +
  'or use the preset of your issuer.';

function isUnmistakable({ typ, ...options }: ReadJwtOptions): boolean {
  const { secret, clientIds, required, forbidden, claims, check } = options;
  const others = [secret, clientIds, required, forbidden, claims, check];
  const isTold = typ !== false && [typ].flat().every((one) => toType(one) === 'at+jwt');
  return isTold || others.some((option) => option !== undefined);
}

function toType(typ: string | null): string | null | undefined {
  return typ === null ? null : toSubtype(typ);
}

function toIssuers({ issuer, allowInsecureIssuer, ...options }: ReadJwtOptions): readonly string[] {
  if (issuer === undefined && options.secret !== undefined) {
    return [];
  }
  const name = `${NAME}: issuer`;
  const read = allowInsecureIssuer ? readInsecureIssuer : readIssuer;
  if (issuer === undefined) {
    refuseOption(name, 'is needed: a URL, or an array of one or more');
  }
  const issuers = issuer.map((one) => read(one, name));
  const template = issuers.find((one) => toTemplate(one) !== undefined);
  const { jwksUri, jwks, secret } = options;
  if (template !== undefined && (jwksUri ?? jwks ?? secret) === undefined) {
    refuseOption(`${NAME}: jwksUri`, `or jwks is needed: ${template} is not one issuer to ask`);
  }
  return issuers;
}

function toJwksUri({
  jwksUri,
  jwks,
  secret,
  allowInsecureIssuer,
}: ReadJwtOptions): URL | undefined {
  if (secret !== undefined && (jwks ?? jwksUri) !== undefined) {
    refuseOption(`${NAME}: secret`, 'or the keys of an issuer are given, not both; leave one out');
  }
  if (jwks !== undefined && jwksUri !== undefined) {
    refuseOption(`${NAME}: jwks`, 'or jwksUri is given, not both; leave one out');
  }
  const read = allowInsecureIssuer ? readInsecureUrl : readIssuersUrl;
  return optional(read)(jwksUri, `${NAME}: jwksUri`);
}

/** Those of a secret or those of keys, never both. */
function toAlgorithms({ algorithms, secret }: ReadJwtOptions): readonly string[] {
  const name = `${NAME}: algorithms`;
  if (secret === undefined) {
    const wrong = algorithms?.find((alg) => !asymmetricAlgorithms.includes(alg as never));
    return wrong === undefined
      ? (algorithms ?? asymmetricAlgorithms)
      : refuseOption(name, `takes asymmetric algorithms only; for ${wrong} give it the secret`);
  }
  const names = algorithms ?? ['HS256'];
  for (const alg of names) {
    const bits = SECRET_BITS[alg as SymmetricAlgorithm] as number | undefined;
    if (bits === undefined) {
      refuseOption(name, `takes ${symmetricAlgorithms.join(', ')} with a secret; leave out ${alg}`);
    }
    if (secret.symmetricKeySize! * 8 < bits) {
      refuseOption(`${NAME}: secret`, `has ${bits} bits at least for ${alg} (RFC 7518 §3.2)`);
    }
  }
  return names;
}
